import { Alert, Modal, Segmented, Select, Slider } from "antd";
import { type KeyboardEvent, useState } from "react";
import { useStore } from "zustand";
import type { ErrorCode } from "../../preload/contract/result.ts";
import { type Settings, VideoProfile } from "../../preload/contract/settings.ts";
import { AlertRulesForm } from "../gifts/AlertRulesForm.tsx";
import { TemplateChoice } from "../gifts/templates/TemplateChoice.tsx";
import { useLocale, useWords } from "../i18n/words.ts";
import { ModeratorsForm } from "../moderators/ModeratorsForm.tsx";
import { useOnAir, useStudio } from "../studio/studio-context.ts";
import { Field } from "../ui/Field.tsx";
import { RoomForm } from "./RoomForm.tsx";
import styles from "./SettingsDialog.module.css";
import { VersionLine } from "./VersionLine.tsx";

const audioRates = [64_000, 96_000, 128_000, 192_000, 256_000] as const;

export const SettingsDialog = () => {
  const t = useWords();
  const locale = useLocale();
  const { settings, view } = useStudio();
  const open = useStore(view, (state) => state.settingsOpen);
  const current = useStore(settings.state);
  const onAir = useOnAir();
  const [problem, setProblem] = useState<ErrorCode | null>(null);
  const [draggedKbps, setDraggedKbps] = useState<number | null>(null);

  const update = async (patch: Partial<Settings>) => {
    const answer = await settings.update(patch);
    setProblem(answer.ok ? null : answer.error.code);
    setDraggedKbps(null);
  };
  const close = () => view.setState({ settingsOpen: false });
  /** A tooltip under the pointer is above the dialog, and would take Escape from it. What is open takes it first. */
  const onKeyDown = ({ key, target, currentTarget }: KeyboardEvent) => {
    if (key !== "Escape" || !(target instanceof Element) || !currentTarget.contains(target)) return;
    if (target.getAttribute("aria-expanded") !== "true") close();
  };
  const kbps = draggedKbps ?? Math.round(current.video.bitrateBps / 1_000);
  return (
    <Modal
      open={open}
      width={560}
      centered
      destroyOnHidden
      title={t("settings.title")}
      footer={null}
      onCancel={close}
      wrapProps={{ onKeyDown }}
    >
      <div className={styles["body"]}>
        {problem && <Alert type="error" showIcon title={t(`error.${problem}`)} />}
        {onAir && <Alert type="info" showIcon title={t("settings.whileLive")} />}
        <section>
          <Field label={t("settings.language")}>
            <Segmented<Settings["locale"]>
              aria-label={t("settings.language")}
              value={locale}
              options={[
                { value: "zh-CN", label: "简体中文" },
                { value: "en", label: "English" },
              ]}
              onChange={(value) => void update({ locale: value })}
            />
          </Field>
        </section>
        <section>
          <h3>{t("settings.picture")}</h3>
          <Field
            label={t("settings.profile")}
            hint={t(`settings.profileHint.${current.video.profile}`)}
          >
            <Select
              aria-label={t("settings.profile")}
              value={current.video.profile}
              disabled={onAir}
              options={VideoProfile.options.map((profile) => ({
                value: profile,
                label: t(`settings.profile.${profile}`),
              }))}
              onChange={(profile) => void update({ video: { ...current.video, profile } })}
            />
          </Field>
          <Field label={t("settings.bitrate")}>
            <Slider
              min={400}
              max={8_000}
              step={100}
              value={kbps}
              disabled={onAir}
              tooltip={{ open: false }}
              ariaLabelForHandle={t("settings.bitrate")}
              onChange={setDraggedKbps}
              onChangeComplete={(value) =>
                void update({ video: { ...current.video, bitrateBps: value * 1_000 } })
              }
            />
            <span className={styles["value"]}>{(kbps / 1_000).toFixed(1)} Mbps</span>
          </Field>
        </section>
        <section>
          <h3>{t("settings.sound")}</h3>
          <Field label={t("settings.bitrate")}>
            <Select
              aria-label={t("settings.bitrate")}
              value={current.audio.bitrateBps}
              disabled={onAir}
              options={audioRates.map((bps) => ({ value: bps, label: `${bps / 1_000} kbps` }))}
              onChange={(bitrateBps) => void update({ audio: { bitrateBps } })}
            />
          </Field>
        </section>
        <TemplateChoice />
        <AlertRulesForm />
        <RoomForm disabled={onAir} />
        <ModeratorsForm />
        <VersionLine />
      </div>
    </Modal>
  );
};
