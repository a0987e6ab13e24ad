import type { RoomState } from "../../preload/contract/ipc.ts";
import type { Words } from "../i18n/words.ts";

/** How the link to the room is, in one line. */
export const roomStatus = (state: RoomState, t: Words): string => {
  switch (state.status) {
    case "reconnecting":
      return t("room.status.reconnecting", { attempt: state.attempt });
    case "connecting":
      if (state.refused) return t("room.status.refused");
      return state.attempt > 0
        ? t("room.status.unreached", { attempt: state.attempt })
        : t("room.status.connecting");
    case "connected":
    case "uplinkOnly":
    case "failed":
      return t(`room.status.${state.status}`);
    default:
      return state satisfies never;
  }
};
