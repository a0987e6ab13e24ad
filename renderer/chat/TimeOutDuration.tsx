import { InputNumber, Segmented } from "antd";
import { useState } from "react";
import { useLocale, useWords } from "../i18n/words.ts";
import styles from "./ChatWindow.module.css";
import { type DurationUnit, durationUnits, longestOf, ownSeconds } from "./own-duration.ts";

const presets = [
  { amount: 1, unit: "minute", seconds: 60 },
  { amount: 10, unit: "minute", seconds: 600 },
  { amount: 1, unit: "hour", seconds: 3_600 },
  { amount: 1, unit: "day", seconds: 86_400 },
] as const;
export const usualTimeOutSeconds = 600;

interface Props {
  /** In seconds; null while what was written is no time-out. */
  readonly value: number | null;
  readonly onChange: (seconds: number | null) => void;
}

/** For how long: a usual one, or an own one in whole minutes or hours. */
export const TimeOutDuration = ({ value, onChange }: Props) => {
  const t = useWords();
  const locale = useLocale();
  const [isOwn, setIsOwn] = useState(false);
  const [amount, setAmount] = useState<number | null>(usualTimeOutSeconds / 60);
  const [unit, setUnit] = useState<DurationUnit>("minutes");
  const change = (nextAmount: number | null, nextUnit: DurationUnit) => {
    setAmount(nextAmount);
    setUnit(nextUnit);
    onChange(ownSeconds(nextAmount, nextUnit));
  };
  const isWrong = isOwn && value === null;
  return (
    <>
      <Segmented<number>
        block
        aria-label={t("chat.do.duration")}
        value={isOwn ? 0 : (value ?? 0)}
        options={[
          ...presets.map(({ amount: each, unit: of, seconds }) => ({
            value: seconds,
            label: new Intl.NumberFormat(locale, { style: "unit", unit: of }).format(each),
          })),
          { value: 0, label: t("chat.do.own") },
        ]}
        onChange={(next) => {
          setIsOwn(next === 0);
          onChange(next === 0 ? ownSeconds(amount, unit) : next);
        }}
      />
      {isOwn && (
        <div>
          <div className={styles["own"]}>
            <InputNumber
              autoFocus
              aria-label={t("chat.do.ownAmount")}
              aria-invalid={isWrong}
              {...(isWrong && { status: "error" as const })}
              value={amount}
              onFocus={(event) => event.target.select()}
              onChange={(next) => change(next, unit)}
            />
            <Segmented<DurationUnit>
              aria-label={t("chat.do.unit")}
              value={unit}
              options={durationUnits.map((each) => ({
                value: each,
                label: t(`chat.do.${each}`),
              }))}
              onChange={(next) => change(amount, next)}
            />
          </div>
          {isWrong && (
            <p className={styles["wrong"]} role="alert">
              {t("chat.do.ownWrong", {
                longest: longestOf(unit).toLocaleString(locale),
                unit: t(`chat.do.${unit}`),
              })}
            </p>
          )}
        </div>
      )}
    </>
  );
};
