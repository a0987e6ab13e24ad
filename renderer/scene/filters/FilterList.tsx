import { Button, Dropdown, Switch } from "antd";
import type { Filter, FilterKind } from "../../../preload/contract/filter.ts";
import type { Item } from "../../../preload/contract/scene.ts";
import { useWords } from "../../i18n/words.ts";
import { useStudio } from "../../studio/studio-context.ts";
import { IconButton } from "../../ui/IconButton.tsx";
import { DownIcon, PlusIcon, TrashIcon, UpIcon } from "../../ui/icons.tsx";
import { addFilter, changeFilter, moveFilter, removeFilter } from "../edits/filter-edits.ts";
import inspector from "../Inspector.module.css";
import { FilterSettings } from "./FilterSettings.tsx";
import styles from "./FilterList.module.css";
import { filterKindsOffered, formOf } from "./filter-forms.ts";
import { newFilter } from "./new-filter.ts";

/** The filters of an item, in the order in which they are applied. */
export const FilterList = ({ item }: { readonly item: Item }) => {
  const t = useWords();
  const { document } = useStudio();
  const { filters } = item;
  const change = (filter: Filter, fields: object) =>
    changeFilter(item.id, filter.id, (found) => ({ ...found, ...fields }));
  return (
    <section aria-label={t("filter.filters")}>
      <h3 className={inspector["section"]}>{t("filter.filters")}</h3>
      {filters.map((filter, index) => {
        const name = t(formOf(filter.kind).label);
        return (
          <div key={filter.id} className={styles["filter"]}>
            <div className={styles["header"]}>
              <span className={styles["name"]}>{name}</span>
              {filters.length > 1 && (
                <>
                  <IconButton
                    label={t("filter.raise")}
                    icon={<UpIcon />}
                    disabled={index === 0}
                    onClick={() => document.apply(moveFilter(item.id, filter.id, index - 1))}
                  />
                  <IconButton
                    label={t("filter.lower")}
                    icon={<DownIcon />}
                    disabled={index === filters.length - 1}
                    onClick={() => document.apply(moveFilter(item.id, filter.id, index + 1))}
                  />
                </>
              )}
              <IconButton
                label={t("filter.remove", { name })}
                icon={<TrashIcon />}
                onClick={() => document.apply(removeFilter(item.id, filter.id))}
              />
              <Switch
                size="small"
                aria-label={t("filter.enabled", { name })}
                checked={filter.enabled}
                onChange={(enabled) => document.apply(change(filter, { enabled }))}
              />
            </div>
            {filter.enabled && (
              <FilterSettings
                filter={filter}
                preview={(fields) => document.preview(change(filter, fields))}
                apply={(fields) => document.apply(change(filter, fields))}
              />
            )}
          </div>
        );
      })}
      <Dropdown
        trigger={["click"]}
        menu={{
          items: filterKindsOffered.map((kind) => ({ key: kind, label: t(formOf(kind).label) })),
          onClick: ({ key }) => document.apply(addFilter(item.id, newFilter(key as FilterKind))),
        }}
      >
        <Button block icon={<PlusIcon />}>
          {t("filter.add")}
        </Button>
      </Dropdown>
    </section>
  );
};
