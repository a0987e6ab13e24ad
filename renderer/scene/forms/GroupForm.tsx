import { Button } from "antd";
import type { Group } from "../../../preload/contract/scene.ts";
import { useWords } from "../../i18n/words.ts";
import { useCommands } from "../../stage/use-commands.ts";
import { sceneOf, useDocument } from "../../studio/studio-context.ts";
import { Field } from "../../ui/Field.tsx";
import { membersOf } from "../groups.ts";

export const GroupForm = ({ group }: { readonly group: Group }) => {
  const t = useWords();
  const commands = useCommands();
  const count = useDocument((document) => membersOf(sceneOf(document), group.id).length);
  return (
    <>
      <Field label={t("group.group")} hint={t("group.hint", { count })} stacked>
        {group.name}
      </Field>
      <Button block onClick={() => commands.run("goIn")}>
        {t("command.goIn")}
      </Button>
    </>
  );
};
