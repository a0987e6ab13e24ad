import { Button, Dropdown, Switch } from "antd";
import type { Filter, Item } from "../../../preload/contract/scene.ts";
import { useWords } from "../../i18n/words.ts";
import { useStudio } from "../../studio/studio-context.ts";
import { IconButton } from "../../ui/IconButton.tsx";
import { DownIcon, PlusIcon, TrashIcon, UpIcon } from "../../ui/icons.tsx";
import type { Edit } from "../edits/edit.ts";
import { addFilter, changeFilter, moveFilter, removeFilter } from "../edits/filter-edits.ts";
import inspector from "../Inspector.module.css";
import { ChromaKeyForm } from "./ChromaKeyForm.tsx";
import styles from "./FilterList.module.css";
import { newFilter } from "./new-filter.ts";

const kinds = ["chromaKey"] as const satisfies readonly Filter["kind"][];

const FilterForm = ({
  itemId,
  filter,
}: {
  readonly itemId: Item["id"];
  readonly filter: Filter;
}) => {
  const { document } = useStudio();
  const edit = (fields: Partial<Omit<Filter, "id" | "kind">>): Edit =>
    changeFilter(itemId, filter.id, (found) => ({ ...found, ...fields }));
  const change = {
    apply: (fields: Partial<Omit<Filter, "id" | "kind">>) => document.apply(edit(fields)),
    preview: (fields: Partial<Omit<Filter, "id" | "kind">>) => document.preview(edit(fields)),
  };
  switch (filter.kind) {
    case "chromaKey":
      return <ChromaKeyForm filter={filter} change={change} />;
    default:
      return filter.kind satisfies never;
  }
};

/** The filters of an item, in the order in which they are applied. */
export const FilterList = ({ item }: { readonly item: Item }) => {
  const t = useWords();
  const { document } = useStudio();
  const { filters } = item;
  return (
    <section aria-label={t("filter.filters")}>
      <h3 className={inspector["section"]}>{t("filter.filters")}</h3>
      {filters.map((filter, index) => {
        const name = t(`filter.kind.${filter.kind}`);
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
                onChange={(enabled) =>
                  document.apply(
                    changeFilter(item.id, filter.id, (found) => ({ ...found, enabled })),
                  )
                }
              />
            </div>
            {filter.enabled && <FilterForm itemId={item.id} filter={filter} />}
          </div>
        );
      })}
      <Dropdown
        trigger={["click"]}
        menu={{
          items: kinds.map((kind) => ({ key: kind, label: t(`filter.kind.${kind}`) })),
          onClick: ({ key }) => {
            const kind = kinds.find((each) => each === key);
            if (kind) document.apply(addFilter(item.id, newFilter(kind)));
          },
        }}
      >
        <Button block icon={<PlusIcon />}>
          {t("filter.add")}
        </Button>
      </Dropdown>
    </section>
  );
};
