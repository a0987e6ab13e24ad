import appEn from "../../resources/locales/app.en.json";
import appZh from "../../resources/locales/app.zh-CN.json";
import broadcastEn from "../../resources/locales/broadcast.en.json";
import broadcastZh from "../../resources/locales/broadcast.zh-CN.json";
import chatEn from "../../resources/locales/chat.en.json";
import chatZh from "../../resources/locales/chat.zh-CN.json";
import commandEn from "../../resources/locales/command.en.json";
import commandZh from "../../resources/locales/command.zh-CN.json";
import collectionEn from "../../resources/locales/collection.en.json";
import collectionZh from "../../resources/locales/collection.zh-CN.json";
import editEn from "../../resources/locales/edit.en.json";
import editZh from "../../resources/locales/edit.zh-CN.json";
import errorEn from "../../resources/locales/error.en.json";
import errorZh from "../../resources/locales/error.zh-CN.json";
import filterEn from "../../resources/locales/filter.en.json";
import filterZh from "../../resources/locales/filter.zh-CN.json";
import giftsEn from "../../resources/locales/gifts.en.json";
import giftsZh from "../../resources/locales/gifts.zh-CN.json";
import groupEn from "../../resources/locales/group.en.json";
import groupZh from "../../resources/locales/group.zh-CN.json";
import guideEn from "../../resources/locales/guide.en.json";
import guideZh from "../../resources/locales/guide.zh-CN.json";
import healthEn from "../../resources/locales/health.en.json";
import healthZh from "../../resources/locales/health.zh-CN.json";
import mixerEn from "../../resources/locales/mixer.en.json";
import mixerZh from "../../resources/locales/mixer.zh-CN.json";
import moderatorsEn from "../../resources/locales/moderators.en.json";
import moderatorsZh from "../../resources/locales/moderators.zh-CN.json";
import roomEn from "../../resources/locales/room.en.json";
import roomZh from "../../resources/locales/room.zh-CN.json";
import sceneEn from "../../resources/locales/scene.en.json";
import sceneZh from "../../resources/locales/scene.zh-CN.json";
import settingsEn from "../../resources/locales/settings.en.json";
import settingsZh from "../../resources/locales/settings.zh-CN.json";
import sourceEn from "../../resources/locales/source.en.json";
import sourceZh from "../../resources/locales/source.zh-CN.json";
import stageEn from "../../resources/locales/stage.en.json";
import stageZh from "../../resources/locales/stage.zh-CN.json";
import templateEn from "../../resources/locales/template.en.json";
import templateZh from "../../resources/locales/template.zh-CN.json";
import wordsEn from "../../resources/locales/words.en.json";
import wordsZh from "../../resources/locales/words.zh-CN.json";

/** All words of the studio window by flat keys `<noun>.<key>`; zh-CN is the source language. */
const zh = {
  ...appZh,
  ...broadcastZh,
  ...chatZh,
  ...commandZh,
  ...collectionZh,
  ...editZh,
  ...errorZh,
  ...filterZh,
  ...giftsZh,
  ...groupZh,
  ...guideZh,
  ...healthZh,
  ...mixerZh,
  ...moderatorsZh,
  ...roomZh,
  ...sceneZh,
  ...settingsZh,
  ...sourceZh,
  ...stageZh,
  ...templateZh,
  ...wordsZh,
};
const en = {
  ...appEn,
  ...broadcastEn,
  ...chatEn,
  ...commandEn,
  ...collectionEn,
  ...editEn,
  ...errorEn,
  ...filterEn,
  ...giftsEn,
  ...groupEn,
  ...guideEn,
  ...healthEn,
  ...mixerEn,
  ...moderatorsEn,
  ...roomEn,
  ...sceneEn,
  ...settingsEn,
  ...sourceEn,
  ...stageEn,
  ...templateEn,
  ...wordsEn,
};

type WithoutPlural<K extends string> = K extends `${infer Stem}_${"one" | "other"}` ? Stem : K;

/** A key as it is asked for: forms of number (`_one`, `_other`) are chosen by the value `count`. */
export type WordKey = WithoutPlural<keyof typeof zh>;

export const locales = { "zh-CN": zh, en } as const;
