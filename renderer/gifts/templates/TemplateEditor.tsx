import { Alert, App, Button, Collapse, Dropdown, Modal, Segmented, Select } from "antd";
import { type KeyboardEvent, useMemo, useState } from "react";
import { useStore } from "zustand";
import {
  type AlertTemplate,
  alertTiers,
  type AlertTier,
  type Orientation,
} from "../../../preload/contract/alert-template.ts";
import { TemplateId } from "../../../preload/contract/ids.ts";
import { useLocale, useWords } from "../../i18n/words.ts";
import { chooseFiles, chooseFolder, pictureTypes } from "../../scene/choose-files.ts";
import { readPicture } from "../../scene/collections/read-picture.ts";
import { saveFile } from "../../scene/collections/save-file.ts";
import { canvasOf, useDocument, useStudio } from "../../studio/studio-context.ts";
import { EditableName } from "../../ui/EditableName.tsx";
import { Field } from "../../ui/Field.tsx";
import { IconButton } from "../../ui/IconButton.tsx";
import { CopyIcon, PlayIcon, RedoIcon, TextIcon, TrashIcon, UndoIcon } from "../../ui/icons.tsx";
import { isTextField } from "../../ui/text-field.ts";
import { orientationOf } from "../alert-places.ts";
import { AlertPreview } from "./AlertPreview.tsx";
import { builtInTemplates, isBuiltIn, templateOf } from "./built-in-templates.ts";
import { CardFields, LineFields, MotionFields } from "./CardFields.tsx";
import { NumberField, TextField } from "./fields.tsx";
import { PlaceBoxes } from "./PlaceBoxes.tsx";
import { type SampleName, sampleEvents, sampleNames, tierOfSample } from "./sample-events.ts";
import { addTemplates, freeName, removeTemplate, replaceTemplate } from "./template-edits.ts";
import { fetchPictures, importPack } from "./template-files.ts";
import {
  openPackArchive,
  openPackFolder,
  type PackSource,
  packTemplates,
} from "./template-pack.ts";
import styles from "./TemplateEditor.module.css";
import { ToneFields } from "./ToneFields.tsx";
import { useTemplateHistory } from "./use-template-history.ts";
import { useTemplateName } from "./use-template-name.ts";

const packType = ".zip";
/** What no file system takes in a name. */
const forbidden = /[\\/:*?"<>|\p{Cc}]/gu;
const wordKinds = ["gift", "tip", "guard", "order", "follow"] as const;
/** Each is an alert of its own. */
const newSample = (
  name: SampleName,
  given: { readonly sender: string; readonly message: string },
) => sampleEvents(name, { ...given, nowMs: Date.now() });
const newTemplateId = (): TemplateId => TemplateId.parse(crypto.randomUUID());

/** What alerts look like: chosen, changed with a live preview, tried in the programme, brought in and given out. */
export const TemplateEditor = () => {
  const { view } = useStudio();
  const t = useWords();
  const open = useStore(view, (state) => state.templateEditorOpen);
  return (
    <Modal
      open={open}
      width="min(1180px, calc(100vw - 32px))"
      centered
      destroyOnHidden
      title={t("template.title")}
      footer={null}
      onCancel={() => view.setState({ templateEditorOpen: false })}
    >
      <Editor />
    </Modal>
  );
};

const Editor = () => {
  const t = useWords();
  const locale = useLocale();
  const { message } = App.useApp();
  const { engine, request, templates: store } = useStudio();
  const nameOf = useTemplateName();
  const history = useTemplateHistory(store);
  const { templates, change, problem, setProblem } = history;
  const canvas = useDocument(canvasOf);
  const [selected, setSelected] = useState<TemplateId>(templates.inUse);
  const [naming, setNaming] = useState<TemplateId | null>(null);
  const [draft, setDraft] = useState<AlertTemplate | null>(null);
  const [orientation, setOrientation] = useState<Orientation>(orientationOf(canvas));
  const [sample, setSample] = useState<SampleName>("combo");
  const [section, setSection] = useState("tone");

  const template = templateOf(templates, selected);
  const shown = draft?.templateId === template.templateId ? draft : template;
  const disabled = isBuiltIn(template.templateId);
  const tier = tierOfSample[sample];
  const lane = tier === "grand" ? "spotlight" : "banner";
  const all = [...builtInTemplates, ...templates.own];
  const [sender, tipMessage] = [t("template.sampleSender"), t("template.sampleMessage")];
  const events = useMemo(
    () => sampleEvents(sample, { sender, message: tipMessage, nowMs: 1 }),
    [sample, sender, tipMessage],
  );

  const edit = (next: AlertTemplate) => {
    setDraft(null);
    change(replaceTemplate(templates, next));
  };
  const add = (added: readonly AlertTemplate[]): boolean => {
    const answer = addTemplates(templates, added);
    const [first] = added;
    if (!answer.ok) setProblem(answer.error.code);
    else {
      change(answer.value);
      if (first) setSelected(first.templateId);
    }
    return answer.ok;
  };
  const renewed = (
    list: readonly AlertTemplate[],
    named: (each: AlertTemplate) => string,
  ): readonly AlertTemplate[] => {
    const taken = all.map(nameOf);
    return list.map((each) => {
      const name = freeName(named(each), taken);
      taken.push(name);
      return { ...each, templateId: newTemplateId(), name };
    });
  };
  const duplicate = () =>
    add(renewed([template], (each) => t("template.copyOf", { name: nameOf(each) })));
  const remove = () => {
    change(removeTemplate(templates, template.templateId));
    setSelected(removeTemplate(templates, template.templateId).inUse);
  };
  const rename = (id: TemplateId, name: string | null) => {
    setNaming(null);
    const named = templates.own.find(({ templateId }) => templateId === id);
    if (named && name) change(replaceTemplate(templates, { ...named, name: name.slice(0, 40) }));
  };
  const exportPack = async (list: readonly AlertTemplate[], name: string) => {
    const file = name.replace(forbidden, "_");
    const pictures = await fetchPictures(list, readPicture);
    const packed = pictures.ok
      ? packTemplates(file, { templates: list, pictures: pictures.value })
      : pictures;
    setProblem(packed.ok ? null : packed.error.code);
    if (packed.ok)
      saveFile(`${file}${packType}`, new Blob([packed.value], { type: "application/zip" }));
  };
  const importFrom = async (source: PackSource) => {
    const answer = await importPack(source, (bytes) => request("picture.import", { bytes }));
    setProblem(answer.ok ? null : answer.error.code);
    if (answer.ok && add(renewed(answer.value, ({ name }) => name)))
      void message.success(t("template.imported", { count: answer.value.length }));
  };
  const importFile = async () => {
    const [file] = await chooseFiles({ types: packType, multiple: false });
    if (!file) return;
    const archive = openPackArchive(new Uint8Array(await file.arrayBuffer()));
    if (archive.ok) await importFrom(archive.value);
    else setProblem(archive.error.code);
  };
  const importFolder = async () => {
    const files = await chooseFolder();
    if (files.length > 0) await importFrom(openPackFolder(files));
  };
  const choosePicture = async () => {
    const [file] = await chooseFiles({ types: pictureTypes, multiple: false });
    if (!file) return;
    const answer = await request("picture.import", {
      bytes: new Uint8Array(await file.arrayBuffer()),
    });
    if (answer.ok)
      edit({ ...template, [lane]: { ...template[lane], picture: answer.value.pictureId } });
    else setProblem(answer.error.code);
  };
  const test = () =>
    engine.showAlerts(newSample(sample, { sender, message: tipMessage }), template.templateId);
  const press = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || isTextField(event.target)) return;
    const key = event.key.toLowerCase();
    if (key !== "z" && key !== "y") return;
    event.preventDefault();
    event.stopPropagation();
    (key === "y" || event.shiftKey ? history.redo : history.undo)?.();
  };

  const cardProps = {
    card: shown[lane],
    disabled,
    onPreview: (card: AlertTemplate["banner"]) => setDraft({ ...template, [lane]: card }),
    onChange: (card: AlertTemplate["banner"]) => edit({ ...template, [lane]: card }),
  };
  const withTone = (tone: AlertTemplate["tones"][AlertTier]): AlertTemplate => ({
    ...template,
    tones: { ...template.tones, [tier]: tone },
  });
  const withLayout = (layout: AlertTemplate["places"][Orientation]): AlertTemplate => ({
    ...template,
    places: { ...template.places, [orientation]: layout },
  });
  const layout = shown.places[orientation];
  const laneHint = t(`template.lane.${lane}`);

  return (
    <div className={styles["editor"]} onKeyDown={press}>
      <aside className={styles["list"]}>
        <ul aria-label={t("template.list")}>
          {all.map((each) => (
            <li key={each.templateId} data-selected={each.templateId === template.templateId}>
              <button
                type="button"
                aria-pressed={each.templateId === template.templateId}
                onClick={() => setSelected(each.templateId)}
                onDoubleClick={() => !isBuiltIn(each.templateId) && setNaming(each.templateId)}
              >
                <i
                  style={{
                    background: `linear-gradient(90deg, ${each.tones.large.panelFrom}, ${each.tones.large.panelTo})`,
                    borderColor: each.tones.large.accent,
                  }}
                />
                <EditableName
                  name={nameOf(each)}
                  label={t("template.name")}
                  editing={naming === each.templateId}
                  onDone={(name) => rename(each.templateId, name)}
                />
                {templates.inUse === each.templateId && <em>{t("template.inUse")}</em>}
              </button>
            </li>
          ))}
        </ul>
        <div className={styles["files"]}>
          <Button size="small" onClick={() => void importFile()}>
            {t("template.importFile")}
          </Button>
          <Button size="small" onClick={() => void importFolder()}>
            {t("template.importFolder")}
          </Button>
          <Dropdown
            trigger={["click"]}
            menu={{
              items: [
                { key: "one", label: t("template.exportOne", { name: nameOf(template) }) },
                {
                  key: "all",
                  label: t("template.exportAll"),
                  disabled: templates.own.length === 0,
                },
              ],
              onClick: ({ key }) =>
                void (key === "one"
                  ? exportPack([{ ...template, name: nameOf(template) }], nameOf(template))
                  : exportPack(templates.own, t("template.allName"))),
            }}
          >
            <Button size="small">{t("template.export")}</Button>
          </Dropdown>
        </div>
      </aside>
      <section className={styles["stage"]}>
        {problem && (
          <Alert
            type="error"
            showIcon
            closable={{ onClose: () => setProblem(null) }}
            title={t(`error.${problem}`)}
          />
        )}
        <div className={styles["bar"]}>
          <Select
            size="small"
            aria-label={t("template.sample")}
            value={sample}
            options={sampleNames.map((value) => ({ value, label: t(`template.sample.${value}`) }))}
            onChange={setSample}
          />
          <Segmented<Orientation>
            size="small"
            aria-label={t("template.orientation")}
            value={orientation}
            options={(["lying", "upright"] as const).map((value) => ({
              value,
              label: t(`template.orientation.${value}`),
            }))}
            onChange={setOrientation}
          />
          <span className={styles["space"]} />
          <IconButton
            label={t("template.undo")}
            shortcut="Ctrl+Z"
            icon={<UndoIcon />}
            disabled={!history.undo}
            onClick={() => history.undo?.()}
          />
          <IconButton
            label={t("template.redo")}
            shortcut="Ctrl+Y"
            icon={<RedoIcon />}
            disabled={!history.redo}
            onClick={() => history.redo?.()}
          />
        </div>
        <div className={styles["frame"]}>
          <AlertPreview
            template={shown}
            orientation={orientation}
            locale={locale}
            events={events}
            label={t("template.preview")}
          >
            {section === "place" && !disabled && (
              <PlaceBoxes
                layout={layout}
                onPreview={(next) => setDraft(withLayout(next))}
                onChange={(next) => edit(withLayout(next))}
              />
            )}
          </AlertPreview>
        </div>
        <div className={styles["bar"]}>
          <Button
            type="primary"
            size="small"
            disabled={templates.inUse === template.templateId}
            onClick={() => change({ ...templates, inUse: template.templateId })}
          >
            {t("template.use")}
          </Button>
          <Button size="small" icon={<PlayIcon />} title={t("template.testHint")} onClick={test}>
            {t("template.test")}
          </Button>
          <span className={styles["space"]} />
          <IconButton label={t("template.duplicate")} icon={<CopyIcon />} onClick={duplicate} />
          <IconButton
            label={t("template.rename")}
            icon={<TextIcon />}
            disabled={disabled}
            onClick={() => setNaming(template.templateId)}
          />
          <IconButton
            label={t("template.remove")}
            icon={<TrashIcon />}
            tone="danger"
            disabled={disabled}
            onClick={remove}
          />
        </div>
      </section>
      <section className={styles["fields"]} aria-label={t("template.fields")}>
        {disabled && (
          <p className={styles["builtIn"]}>
            {t("template.builtIn")}
            <Button size="small" onClick={duplicate}>
              {t("template.editCopy")}
            </Button>
          </p>
        )}
        <Collapse
          accordion
          size="small"
          activeKey={section}
          onChange={([key]) => setSection(key ?? "")}
          items={[
            {
              key: "tone",
              label: t("template.section.tone"),
              children: (
                <>
                  <Field label={t("template.tier")}>
                    <Select<AlertTier>
                      size="small"
                      aria-label={t("template.tier")}
                      value={tier}
                      options={alertTiers.map((value) => ({
                        value,
                        label: t(`template.tier.${value}`),
                      }))}
                      onChange={(value) =>
                        setSample(
                          sampleNames.find((name) => tierOfSample[name] === value) ?? sample,
                        )
                      }
                    />
                  </Field>
                  <ToneFields
                    tone={shown.tones[tier]}
                    disabled={disabled}
                    onPreview={(tone) => setDraft(withTone(tone))}
                    onChange={(tone) => edit(withTone(tone))}
                  />
                </>
              ),
            },
            {
              key: "card",
              label: t("template.section.card"),
              children: (
                <>
                  <p className={styles["hint"]}>{laneHint}</p>
                  <CardFields {...cardProps} onChoosePicture={() => void choosePicture()} />
                </>
              ),
            },
            {
              key: "lines",
              label: t("template.section.lines"),
              children: (
                <>
                  <p className={styles["hint"]}>{laneHint}</p>
                  <p className={styles["hint"]}>{t("template.linesHint")}</p>
                  <LineFields {...cardProps} />
                </>
              ),
            },
            {
              key: "words",
              label: t("template.section.words"),
              children: (
                <>
                  <p className={styles["hint"]}>{t("template.wordsHint")}</p>
                  {wordKinds.map((kind) => (
                    <Field key={kind} label={t(`template.words.${kind}`)}>
                      <TextField
                        label={t(`template.words.${kind}`)}
                        value={template.words[kind]}
                        placeholder={t("template.wordsUsual")}
                        mayBeEmpty
                        maxLength={80}
                        disabled={disabled}
                        onChange={(text) =>
                          edit({ ...template, words: { ...template.words, [kind]: text } })
                        }
                      />
                    </Field>
                  ))}
                </>
              ),
            },
            {
              key: "motion",
              label: t("template.section.motion"),
              children: (
                <>
                  <p className={styles["hint"]}>{laneHint}</p>
                  <MotionFields {...cardProps} />
                </>
              ),
            },
            {
              key: "place",
              label: t("template.section.place"),
              children: (
                <>
                  <p className={styles["hint"]}>{t("template.placesHint")}</p>
                  <NumberField
                    label={t("template.scale")}
                    value={layout.scale}
                    min={0.5}
                    max={2}
                    step={0.01}
                    format={(value) => `${Math.round(value * 100)}%`}
                    disabled={disabled}
                    onPreview={(scale) => setDraft(withLayout({ ...layout, scale }))}
                    onChange={(scale) => edit(withLayout({ ...layout, scale }))}
                  />
                  <Button
                    size="small"
                    disabled={disabled}
                    onClick={() => {
                      const [usual] = builtInTemplates;
                      if (usual) edit(withLayout(usual.places[orientation]));
                    }}
                  >
                    {t("template.usualPlaces")}
                  </Button>
                </>
              ),
            },
          ]}
        />
      </section>
    </div>
  );
};
