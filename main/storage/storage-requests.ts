import { fail, succeed } from "../../preload/contract/result.ts";
import type { RequestHandlers } from "../ipc/router.ts";
import type { DocumentStore } from "./document.ts";
import type { PictureStore } from "./pictures.ts";
import type { SettingsStore } from "./settings.ts";

export const storageRequests = (
  settings: SettingsStore,
  document: DocumentStore,
  pictures: PictureStore,
) =>
  ({
    "settings.update": async (patch) => {
      // The link is changed by room.choose only, which also goes there.
      if (patch.roomLink !== undefined && patch.roomLink !== settings.current().roomLink)
        return fail("request.invalid", "roomLink is changed by room.choose");
      return settings.update(patch);
    },
    "document.save": (input) => document.save(input.document),
    "picture.import": async ({ bytes }) => {
      const added = await pictures.add(bytes);
      return added.ok ? succeed({ pictureId: added.value }) : added;
    },
  }) satisfies Partial<RequestHandlers>;
