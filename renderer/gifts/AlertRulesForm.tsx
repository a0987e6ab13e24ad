import { Button, Input, InputNumber, Select, Switch } from "antd";
import { useState } from "react";
import { useStore } from "zustand";
import { giftTiers } from "../../preload/contract/gift.ts";
import type { ErrorCode } from "../../preload/contract/result.ts";
import { type AlertRule, mostAlertRules } from "../../preload/contract/settings.ts";
import { useLocale, useWords } from "../i18n/words.ts";
import { useDocument, useStudio } from "../studio/studio-context.ts";
import { IconButton } from "../ui/IconButton.tsx";
import { DownIcon, PlayIcon, PlusIcon, TrashIcon, UpIcon } from "../ui/icons.tsx";
import styles from "./AlertRulesForm.module.css";
import { knownGifts, sampleGift } from "./sample-gift.ts";
import { builtInTemplates } from "./templates/built-in-templates.ts";
import { useTemplateName } from "./templates/use-template-name.ts";

const newRule: AlertRule = {
  match: { giftId: null, leastCoins: 0, sender: "" },
  tier: null,
  show: null,
  template: null,
  silent: false,
  scene: null,
  text: "",
};
const usualSeconds = 10;
/** What stands for "as usual" in a list of choices. */
const usual = "";

interface RuleProps {
  readonly rule: AlertRule;
  readonly number: number;
  readonly onChange: (rule: AlertRule) => void;
}

/** Words and numbers are taken when their field is left, choices at once. */
const RuleFields = ({ rule, number, onChange }: RuleProps) => {
  const t = useWords();
  const locale = useLocale();
  const scenes = useDocument((document) => document.scenes);
  const own = useStore(useStudio().templates.state, (state) => state.own);
  const templates = [...builtInTemplates, ...own];
  const nameOf = useTemplateName();
  const { match, scene } = rule;
  const named = (key: Parameters<typeof t>[0]) => `${t(key)} ${number}`;
  return (
    <div className={styles["fields"]}>
      <Select
        aria-label={named("gifts.rule.gift")}
        value={match.giftId ?? usual}
        options={[
          { value: usual, label: t("gifts.rule.anyGift") },
          ...knownGifts.map(({ giftId, name }) => ({
            value: giftId as string,
            label: name[locale],
          })),
        ]}
        onChange={(value) => {
          const giftId = knownGifts.find((kind) => kind.giftId === value)?.giftId ?? null;
          onChange({ ...rule, match: { ...match, giftId } });
        }}
      />
      <InputNumber
        aria-label={named("gifts.rule.leastCoins")}
        key={`coins-${match.leastCoins}`}
        defaultValue={match.leastCoins}
        min={0}
        max={1_000_000_000}
        precision={0}
        prefix="≥"
        suffix={t("gifts.rule.coins")}
        onBlur={(event) => {
          const leastCoins = Math.round(Number(event.target.value.replaceAll(/\D/g, "")));
          if (leastCoins !== match.leastCoins)
            onChange({
              ...rule,
              match: { ...match, leastCoins: Math.min(leastCoins, 1_000_000_000) },
            });
        }}
      />
      <Input
        aria-label={named("gifts.rule.sender")}
        key={`sender-${match.sender}`}
        defaultValue={match.sender}
        maxLength={64}
        placeholder={t("gifts.rule.anySender")}
        onBlur={(event) => {
          const sender = event.target.value.trim();
          if (sender !== match.sender) onChange({ ...rule, match: { ...match, sender } });
        }}
      />
      <Select
        aria-label={named("gifts.rule.tier")}
        value={rule.tier ?? usual}
        options={[
          { value: usual, label: t("gifts.rule.usualTier") },
          ...giftTiers.map((tier) => ({ value: tier as string, label: t(`gifts.tier.${tier}`) })),
        ]}
        onChange={(value) =>
          onChange({ ...rule, tier: giftTiers.find((tier) => tier === value) ?? null })
        }
      />
      <Select
        aria-label={named("gifts.rule.show")}
        value={rule.show ?? usual}
        options={[
          { value: usual, label: t("gifts.rule.usualShow") },
          ...knownGifts
            .filter(({ animation }) => animation)
            .map(({ giftId, name }) => ({ value: giftId as string, label: name[locale] })),
        ]}
        onChange={(value) =>
          onChange({
            ...rule,
            show: knownGifts.find(({ giftId }) => giftId === value)?.giftId ?? null,
          })
        }
      />
      <label className={styles["sound"]}>
        <Switch
          size="small"
          checked={!rule.silent}
          aria-label={named("gifts.rule.sound")}
          onChange={(heard) => onChange({ ...rule, silent: !heard })}
        />
        {t("gifts.rule.sound")}
      </label>
      <Select
        className={styles["scene"] ?? ""}
        aria-label={named("gifts.rule.scene")}
        value={scene?.sceneId ?? usual}
        options={[
          { value: usual, label: t("gifts.rule.noScene") },
          ...scenes.map(({ id, name }) => ({ value: id as string, label: name })),
        ]}
        onChange={(value) => {
          const sceneId = scenes.find(({ id }) => id === value)?.id;
          onChange({
            ...rule,
            scene: sceneId ? { sceneId, seconds: scene?.seconds ?? usualSeconds } : null,
          });
        }}
      />
      <InputNumber
        aria-label={named("gifts.rule.seconds")}
        key={`seconds-${scene?.seconds}`}
        defaultValue={scene?.seconds ?? usualSeconds}
        disabled={!scene}
        min={1}
        max={120}
        precision={0}
        suffix={t("gifts.rule.second")}
        onBlur={(event) => {
          const seconds = Math.min(120, Math.max(1, Math.round(Number(event.target.value)) || 1));
          if (scene && seconds !== scene.seconds)
            onChange({ ...rule, scene: { ...scene, seconds } });
        }}
      />
      <Input
        className={styles["text"] ?? ""}
        aria-label={named("gifts.rule.text")}
        key={`text-${rule.text}`}
        defaultValue={rule.text}
        maxLength={80}
        placeholder={t("gifts.rule.textHint")}
        onBlur={(event) => {
          const text = event.target.value.trim();
          if (text !== rule.text) onChange({ ...rule, text });
        }}
      />
      <Select
        aria-label={named("template.rule")}
        value={rule.template ?? usual}
        options={[
          { value: usual, label: t("template.ruleUsual") },
          ...templates.map((each) => ({ value: each.templateId as string, label: nameOf(each) })),
        ]}
        onChange={(value) =>
          onChange({
            ...rule,
            template: templates.find(({ templateId }) => templateId === value)?.templateId ?? null,
          })
        }
      />
    </div>
  );
};

/** Which alerts are like what; the first rule that fits is the one. */
export const AlertRulesForm = () => {
  const t = useWords();
  const { engine, settings } = useStudio();
  const rules = useStore(settings.state, (state) => state.alertRules);
  const [problem, setProblem] = useState<ErrorCode | null>(null);

  const save = async (next: readonly AlertRule[]) => {
    const answer = await settings.update({ alertRules: [...next] });
    setProblem(answer.ok ? null : answer.error.code);
  };
  const swap = (index: number, other: number) => {
    const [one, two] = [rules[index], rules[other]];
    if (one && two) void save(rules.with(index, two).with(other, one));
  };
  const test = (rule: AlertRule) =>
    engine.showAlerts([
      sampleGift(rule, {
        sender: t("gifts.rule.testSender"),
        id: crypto.randomUUID(),
        nowMs: Date.now(),
      }),
    ]);
  return (
    <section aria-label={t("gifts.rules")}>
      <h3>{t("gifts.rules")}</h3>
      <p className={styles["hint"]}>{t("gifts.rulesHint")}</p>
      {problem && (
        <p className={styles["problem"]} role="alert">
          {t(`error.${problem}`)}
        </p>
      )}
      <ol className={styles["rules"]}>
        {rules.map((rule, index) => (
          <li key={index} className={styles["rule"]}>
            <RuleFields
              rule={rule}
              number={index + 1}
              onChange={(changed) => void save(rules.with(index, changed))}
            />
            <div className={styles["actions"]}>
              <IconButton
                label={`${t("gifts.rule.test")} ${index + 1}`}
                icon={<PlayIcon />}
                onClick={() => test(rule)}
              />
              <IconButton
                label={`${t("gifts.rule.up")} ${index + 1}`}
                icon={<UpIcon />}
                disabled={index === 0}
                onClick={() => swap(index, index - 1)}
              />
              <IconButton
                label={`${t("gifts.rule.down")} ${index + 1}`}
                icon={<DownIcon />}
                disabled={index === rules.length - 1}
                onClick={() => swap(index, index + 1)}
              />
              <IconButton
                label={`${t("gifts.rule.remove")} ${index + 1}`}
                icon={<TrashIcon />}
                onClick={() => void save(rules.toSpliced(index, 1))}
              />
            </div>
          </li>
        ))}
      </ol>
      <Button
        size="small"
        icon={<PlusIcon />}
        disabled={rules.length >= mostAlertRules}
        onClick={() => void save([...rules, newRule])}
      >
        {t("gifts.rule.add")}
      </Button>
    </section>
  );
};
