import { Button, Dropdown, Switch } from "antd";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import type { Filter, FilterKind } from "../../../preload/contract/filter.ts";
import { type Item, mostFilters } from "../../../preload/contract/scene.ts";
import { useWords } from "../../i18n/words.ts";
import { useDocument, useStudio } from "../../studio/studio-context.ts";
import { IconButton } from "../../ui/IconButton.tsx";
import {
  CompareIcon,
  CopyIcon,
  DownloadIcon,
  HeartIcon,
  PlusIcon,
  TrashIcon,
} from "../../ui/icons.tsx";
import {
  addFilter,
  changeFilter,
  moveFilter,
  pasteFilters,
  removeFilter,
  replaceFilters,
} from "../edits/filter-edits.ts";
import inspector from "../Inspector.module.css";
import { newFilterId } from "../new-id.ts";
import { BackgroundNotice } from "./BackgroundNotice.tsx";
import { FilterSettings } from "./FilterSettings.tsx";
import styles from "./FilterList.module.css";
import { filterKindsOffered, formOf } from "./filter-forms.ts";
import { newFilter } from "./new-filter.ts";
import { chainPresets, presetsOfKind } from "./presets/presets-offered.ts";
import { PresetMenu } from "./presets/PresetMenu.tsx";

const withNewId = (filter: Filter): Filter => ({ ...filter, id: newFilterId() });

/** The filters of an item, in the order in which they are applied. */
export const FilterList = ({ item }: { readonly item: Item }) => {
  const t = useWords();
  const { document, filterPresets, view } = useStudio();
  const presets = useStore(filterPresets.state);
  const copied = useStore(view, ({ copiedFilters }) => copiedFilters);
  const isCompared = useStore(view, ({ comparedItem }) => comparedItem === item.id);
  useEffect(() => () => view.setState({ comparedItem: null }), [view]);
  const sourceKind = useDocument(
    ({ sources }) => sources.find(({ id }) => id === item.sourceId)?.kind,
  );
  const [dragged, setDragged] = useState<Filter["id"] | null>(null);
  const [over, setOver] = useState<number | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const addButton = useRef<HTMLButtonElement>(null);
  const { filters } = item;
  const change = (filter: Filter, fields: object) =>
    changeFilter(item.id, filter.id, (found) => ({ ...found, ...fields }));
  const move = (filter: Filter, toIndex: number) => {
    const last = filters.length - 1;
    document.apply(moveFilter(item.id, filter.id, Math.min(last, Math.max(0, toIndex))));
  };
  const handleKey = (event: KeyboardEvent, filter: Filter, index: number) => {
    if (event.target !== event.currentTarget) return;
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (event.altKey && step !== undefined) move(filter, index + step);
    else if (step !== undefined)
      list.current
        ?.querySelectorAll<HTMLElement>("[data-filter-name]")
        .item(Math.min(filters.length - 1, Math.max(0, index + step)))
        .focus();
    else if (event.key === "Delete") document.apply(removeFilter(item.id, filter.id));
    else if (event.key === " ") document.apply(change(filter, { enabled: !filter.enabled }));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const drop = (toIndex: number) => {
    const filter = filters.find(({ id }) => id === dragged);
    if (filter) move(filter, toIndex);
    setDragged(null);
    setOver(null);
  };
  return (
    <section aria-label={t("filter.filters")}>
      <div className={styles["title"]}>
        <h3 className={inspector["section"]}>{t("filter.filters")}</h3>
        <IconButton
          label={t("filter.compare")}
          icon={<CompareIcon />}
          pressed={isCompared}
          disabled={!isCompared && !filters.some(({ enabled }) => enabled)}
          onClick={() => view.setState({ comparedItem: isCompared ? null : item.id })}
        />
        <IconButton
          label={t("filter.copyAll")}
          icon={<CopyIcon />}
          disabled={filters.length === 0}
          onClick={() => view.setState({ copiedFilters: filters })}
        />
        <IconButton
          label={t("filter.paste")}
          icon={<DownloadIcon />}
          disabled={copied === null || filters.length + copied.length > mostFilters}
          onClick={() => document.apply(pasteFilters(item.id, (copied ?? []).map(withNewId)))}
        />
        <PresetMenu
          label={t("filter.preset.ofChain")}
          presets={chainPresets(presets)}
          make={filters.length === 0 ? null : (id, name) => ({ id, name, type: "chain", filters })}
          onApply={(preset) =>
            preset.type === "chain" &&
            document.apply(replaceFilters(item.id, preset.filters.map(withNewId)))
          }
        />
      </div>
      <div ref={list}>
        {filters.map((filter, index) => {
          const name = t(formOf(filter.kind).label);
          return (
            <div
              key={filter.id}
              className={styles["filter"]}
              data-over={dragged !== null && over === index}
              onDragOver={(event) => {
                if (dragged === null) return;
                event.preventDefault();
                setOver(index);
              }}
              onDrop={() => drop(index)}
            >
              <div
                className={styles["header"]}
                draggable
                onDragStart={(event) => {
                  event.dataTransfer.effectAllowed = "move";
                  setDragged(filter.id);
                }}
                onDragEnd={() => {
                  setDragged(null);
                  setOver(null);
                }}
              >
                <span
                  className={styles["name"]}
                  data-filter-name
                  role="group"
                  aria-label={name}
                  title={t("filter.keys")}
                  tabIndex={0}
                  onKeyDown={(event) => handleKey(event, filter, index)}
                >
                  {name}
                </span>
                <PresetMenu
                  label={t("filter.preset.ofFilter", { name })}
                  presets={presetsOfKind(presets, filter.kind)}
                  make={(id, chosen) => ({ id, name: chosen, type: "filter", filter })}
                />
                <IconButton
                  label={t("filter.remove", { name })}
                  shortcut="Delete"
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
              {filter.enabled && filter.kind === "background" && sourceKind && (
                <BackgroundNotice kind={sourceKind} />
              )}
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
      </div>
      {sourceKind === "camera" && !filters.some(({ kind }) => kind === "beauty") && (
        <Button
          block
          className={styles["beauty"] ?? ""}
          icon={<HeartIcon />}
          onClick={() => document.apply(addFilter(item.id, newFilter("beauty")))}
        >
          {t("filter.beautyNow")}
        </Button>
      )}
      <Dropdown
        trigger={["click"]}
        autoFocus
        menu={{
          items: filterKindsOffered.map((kind) => ({ key: kind, label: t(formOf(kind).label) })),
          onClick: ({ key, domEvent }) => {
            // The button gets the focus back, and the key that chose would press it.
            domEvent.preventDefault();
            addButton.current?.focus();
            document.apply(addFilter(item.id, newFilter(key as FilterKind)));
          },
        }}
      >
        <Button ref={addButton} block icon={<PlusIcon />} disabled={filters.length >= mostFilters}>
          {t("filter.add")}
        </Button>
      </Dropdown>
    </section>
  );
};
