import { guardedObject, notInTheStandIn } from "./guard.ts";

/** https://www.electronjs.org/docs/latest/api/menu#menusetapplicationmenumenu: windows here have no menu to begin with. */
export const Menu = guardedObject("Menu", {
  setApplicationMenu(menu: null): void {
    if (menu !== null) throw notInTheStandIn("an application menu");
  },
});
