/** `Menu` and `MenuItem`: templates are read as strictly as Electron does, and items can be chosen. */

import { app } from './app.ts'
import { notModelled, onlyKnown, strict, strictClass } from './strict.ts'
import { windows } from './windows.ts'

const roles = [
  ...['undo', 'redo', 'cut', 'copy', 'paste', 'pasteAndMatchStyle', 'selectAll', 'delete', 'minimize', 'close', 'quit'],
  ...['reload', 'forceReload', 'toggleDevTools', 'togglefullscreen', 'resetZoom', 'zoomIn', 'zoomOut', 'about', 'help'],
  ...['hide', 'hideOthers', 'unhide', 'front', 'zoom', 'window', 'services', 'fileMenu', 'editMenu', 'viewMenu'],
  ...['windowMenu', 'appMenu'],
]
const itemOptions = [
  ...['label', 'role', 'type', 'accelerator', 'click', 'submenu', 'id', 'enabled', 'visible', 'checked', 'icon'],
  ...['acceleratorWorksWhenHidden', 'registerAccelerator', 'sublabel', 'toolTip'],
]
const types = ['normal', 'separator', 'submenu', 'checkbox', 'radio']
const modifier = /^(Command|Cmd|Control|Ctrl|CommandOrControl|CmdOrCtrl|Alt|Option|AltGr|Shift|Super|Meta)$/
const key =
  /^([A-Z0-9]|F([1-9]|1\d|2[0-4])|[)!@#$%^&*(:;+=<,_\->.?/~`{\][|\\}"']|Plus|Space|Tab|Backspace|Delete|Insert|Return|Enter|Up|Down|Left|Right|Home|End|PageUp|PageDown|Escape|Esc)$/i

interface ItemOptions {
  readonly label?: string
  readonly role?: string
  readonly type?: string
  readonly accelerator?: string
  readonly click?: (item: object, window: object | undefined, event: object) => void
  readonly submenu?: readonly ItemOptions[] | MenuModel
  readonly id?: string
  readonly enabled?: boolean
  readonly visible?: boolean
  readonly checked?: boolean
}

class MenuItemModel {
  readonly id: string
  readonly type: string
  readonly role: string | undefined
  readonly accelerator: string | undefined
  readonly submenu: MenuModel | undefined
  label: string
  enabled: boolean
  visible: boolean
  checked: boolean
  readonly #choose: ItemOptions['click']

  constructor(options: ItemOptions) {
    onlyKnown('MenuItem', options, itemOptions)
    const { role, type, accelerator, label, submenu, click } = options
    if (role !== undefined && !roles.includes(role)) throw new Error(`Unknown menu role: ${role}`)
    if (type !== undefined && !types.includes(type)) throw new TypeError(`Unknown menu item type: ${type}`)
    if (type !== 'separator' && role === undefined && !label) throw new TypeError('Required label or role is missing')
    if (click !== undefined && typeof click !== 'function') throw new TypeError('click must be a function')
    if (accelerator !== undefined) checkAccelerator(accelerator)
    this.submenu =
      submenu === undefined || submenu instanceof MenuModel ? submenu : MenuModel.buildFromTemplate(submenu)
    if (type === 'submenu' && this.submenu === undefined) throw new Error('Invalid submenu')
    this.id = options.id ?? ''
    this.role = role
    this.type = type ?? (this.submenu === undefined ? 'normal' : 'submenu')
    this.accelerator = accelerator
    this.label = label ?? role ?? ''
    this.enabled = options.enabled ?? true
    this.visible = options.visible ?? true
    this.checked = options.checked ?? false
    this.#choose = click
  }

  /** As if a person chose it. */
  click(): void {
    if (!this.enabled) return
    if (this.#choose !== undefined) this.#choose(strict('MenuItem', this), windows.focused(), {})
    else if (this.role === 'quit') app.quit()
    else if (this.role === 'close') windows.focused()?.close()
    else throw notModelled(`choosing a menu item with role ${this.role}`)
  }
}

let applicationMenu: MenuModel | null = null

class MenuModel {
  readonly items: MenuItemModel[] = []

  static buildFromTemplate(template: readonly ItemOptions[]): MenuModel {
    if (!Array.isArray(template)) throw new TypeError('Invalid template for Menu: Menu template must be an array')
    const menu = new MenuModel()
    for (const options of template) menu.append(strict('MenuItem', new MenuItemModel(options)))
    return strict('Menu', menu)
  }

  static setApplicationMenu(menu: MenuModel | null): void {
    if (menu !== null && !(menu instanceof MenuModel)) throw new TypeError('Invalid menu')
    applicationMenu = menu
  }

  static getApplicationMenu(): MenuModel | null {
    return applicationMenu
  }

  append(item: MenuItemModel): void {
    this.items.push(item)
  }

  getMenuItemById(id: string): MenuItemModel | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id)
      if (found) return found
    }
    return null
  }
}

function checkAccelerator(accelerator: string): void {
  const parts = accelerator.split('+')
  const last = parts.pop() ?? ''
  if (!key.test(last) || !parts.every((part) => modifier.test(part)))
    throw new TypeError(`Invalid accelerator: ${accelerator}`)
}

export const Menu = strictClass('Menu', MenuModel)
export const MenuItem = strictClass('MenuItem', MenuItemModel)
