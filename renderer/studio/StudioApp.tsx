import type { i18n } from "i18next";
import { useStore } from "zustand";
import type { Words } from "../i18n/words.ts";
import { UiRoot } from "../ui/UiRoot.tsx";
import { type Studio, StudioProvider } from "./studio-context.ts";
import { StudioWindow } from "./StudioWindow.tsx";

interface Props {
  readonly studio: Studio;
  readonly words: i18n;
  readonly nonce: string;
}

const title = (t: Words): string => t("app.name");

export const StudioApp = ({ studio, words, nonce }: Props) => {
  const locale = useStore(studio.settings.state, (settings) => settings.locale);
  return (
    <UiRoot words={words} wanted={locale} title={title} nonce={nonce}>
      <StudioProvider value={studio}>
        <StudioWindow />
      </StudioProvider>
    </UiRoot>
  );
};
