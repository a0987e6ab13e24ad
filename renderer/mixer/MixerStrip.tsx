import { Slider, Tooltip } from "antd";
import { useStore } from "zustand";
import type { SceneDocument, SourceOf } from "../../preload/contract/scene.ts";
import { useWords } from "../i18n/words.ts";
import type { Edit } from "../scene/edits/edit.ts";
import { changeSource } from "../scene/edits/source-edits.ts";
import { sourceIcons } from "../scene/source-icons.tsx";
import { useDocumentList, useStudio } from "../studio/studio-context.ts";
import {
  MicrophoneIcon,
  MicrophoneOffIcon,
  SpeakerIcon,
  SpeakerOffIcon,
  WarningIcon,
} from "../ui/icons.tsx";
import { Meter } from "./Meter.tsx";
import styles from "./MixerStrip.module.css";

type Sounding = SourceOf<"microphone" | "testPattern" | "alerts">;

const soundingSources = (document: SceneDocument): readonly Sounding[] =>
  document.sources
    .filter((source): source is Sounding => "gainDb" in source)
    .toSorted((a, b) => Number(b.kind === "microphone") - Number(a.kind === "microphone"));

const changeSound = (source: Sounding, sound: { gainDb?: number; muted?: boolean }): Edit =>
  changeSource(source.id, (found) => ("gainDb" in found ? { ...found, ...sound } : found));

const Channel = ({ source }: { readonly source: Sounding }) => {
  const t = useWords();
  const { document, engine } = useStudio();
  const spoken = useStore(engine.mutedSpeech, (speaking) => speaking.has(source.id));
  const microphone = source.kind === "microphone";
  const status = useStore(engine.sources, (sources) => sources.get(source.id));
  const warning = source.muted && spoken;
  const Icon = sourceIcons[source.kind];
  const toggleLabel = source.muted ? t("mixer.unmute") : t("mixer.mute");
  return (
    <li className={styles["channel"]} data-muted={source.muted} data-warning={warning}>
      <div className={styles["head"]}>
        <Icon size={14} />
        <span className={styles["name"]} title={source.name}>
          {source.name}
        </span>
        <span className={styles["value"]}>
          {source.muted ? t("mixer.muted") : t("mixer.db", { value: Math.round(source.gainDb) })}
        </span>
      </div>
      <Meter channel={source.id} label={t("mixer.levelOf", { name: source.name })} />
      <div className={styles["controls"]}>
        <Tooltip title={toggleLabel} mouseEnterDelay={0.5}>
          <button
            type="button"
            className={styles["mute"]}
            aria-label={`${toggleLabel}: ${source.name}`}
            aria-pressed={source.muted}
            onClick={() => document.apply(changeSound(source, { muted: !source.muted }))}
          >
            {microphone ? (
              source.muted ? (
                <MicrophoneOffIcon />
              ) : (
                <MicrophoneIcon />
              )
            ) : source.muted ? (
              <SpeakerOffIcon />
            ) : (
              <SpeakerIcon />
            )}
          </button>
        </Tooltip>
        <Slider
          className={styles["gain"] ?? ""}
          min={-60}
          max={microphone ? 20 : 0}
          value={source.gainDb}
          tooltip={{ formatter: (value) => t("mixer.db", { value: value ?? 0 }) }}
          ariaLabelForHandle={t("mixer.gainOf", { name: source.name })}
          onChange={(gainDb) => document.preview(changeSound(source, { gainDb }))}
          onChangeComplete={(gainDb) => document.apply(changeSound(source, { gainDb }))}
        />
      </div>
      {warning && (
        <p className={styles["warning"]} role="alert">
          <WarningIcon size={13} />
          {t("mixer.mutedSpeech")}
        </p>
      )}
      {!warning && status?.state === "failed" && (
        <p className={styles["warning"]} title={t(`error.${status.error.code}`)}>
          <WarningIcon size={13} />
          <span>{t(`error.${status.error.code}`)}</span>
        </p>
      )}
    </li>
  );
};

/** Everything that sounds, and the bus that viewers hear. */
export const MixerStrip = () => {
  const t = useWords();
  const sources = useDocumentList(soundingSources);
  const noMicrophone = !sources.some(({ kind }) => kind === "microphone");
  return (
    <section className={styles["strip"]} aria-label={t("mixer.mixer")}>
      <ul className={styles["channels"]}>
        {sources.map((source) => (
          <Channel key={source.id} source={source} />
        ))}
        {noMicrophone && <li className={styles["prompt"]}>{t("mixer.noMicrophone")}</li>}
      </ul>
      <div className={styles["bus"]}>
        <div className={styles["head"]}>
          <SpeakerIcon size={14} />
          <span className={styles["name"]}>{t("mixer.programme")}</span>
        </div>
        <Meter channel="programme" label={t("mixer.levelOf", { name: t("mixer.programme") })} />
        <div className={styles["scale"]} aria-hidden="true">
          {[-60, -48, -36, -24, -12, 0].map((db) => (
            <span key={db}>{db}</span>
          ))}
        </div>
        <p className={styles["busHint"]} title={t("mixer.programmeHint")}>
          {t("mixer.programmeHint")}
        </p>
      </div>
    </section>
  );
};
