import type { Locale } from "../../preload/contract/settings.ts";
import { fail, succeed } from "../../preload/contract/result.ts";
import type { RequestHandlers } from "../ipc/router.ts";
import type { AlertTemplateStore } from "./alert-templates.ts";
import type { CollectionStore } from "./collections.ts";
import type { FilterPresetStore } from "./filter-presets.ts";
import type { PictureStore } from "./pictures.ts";
import type { SettingsStore } from "./settings.ts";

export const storageRequests = (
  settings: SettingsStore,
  collections: CollectionStore,
  pictures: PictureStore,
  filterPresets: FilterPresetStore,
  templates: AlertTemplateStore,
  onLocale: (locale: Locale) => void,
) =>
  ({
    "settings.update": async (patch) => {
      // The link is changed by room.choose only, which also goes there.
      if (patch.roomLink !== undefined && patch.roomLink !== settings.current().roomLink)
        return fail("request.invalid", "roomLink is changed by room.choose");
      const updated = await settings.update(patch);
      if (updated.ok && patch.locale !== undefined) onLocale(updated.value.locale);
      return updated;
    },
    "alertTemplates.save": (wanted) => templates.save(wanted),
    "document.save": ({ collectionId, document }) => collections.save(collectionId, document),
    "collection.create": ({ name, document }) => collections.create(name, document),
    "collection.open": ({ collectionId }) => collections.open(collectionId),
    "collection.rename": ({ collectionId, name }) => collections.rename(collectionId, name),
    "collection.remove": ({ collectionId }) => collections.remove(collectionId),
    "filterPresets.save": ({ presets }) => filterPresets.save(presets),
    "picture.import": async ({ bytes }) => {
      const added = await pictures.add(bytes);
      return added.ok ? succeed({ pictureId: added.value }) : added;
    },
  }) satisfies Partial<RequestHandlers>;
