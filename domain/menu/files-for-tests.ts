import type { MenuFile } from "../../contracts/menu.ts";

/** Small files of each format, shaped as the real ones are. A fresh copy each time, for tests that spoil them. */
export const comandaFile = () =>
  ({
    comanda: "menu/1",
    currency: "EUR",
    languages: ["de", "en"],
    tax: {
      inclusive: true,
      classes: [
        { id: "food", name: { de: "Speisen" }, ratePpm: 70_000 },
        { id: "drinks", name: { de: "Getränke" }, ratePpm: 190_000 },
      ],
    },
    categories: [
      { id: "mains", name: { de: "Hauptgerichte", en: "Mains" }, items: ["pizza", "soup"] },
      { id: "bar", name: { de: "Bar" }, items: ["beer"] },
    ],
    items: [
      {
        id: "pizza",
        name: { de: "Pizza", en: "Pizza" },
        variations: [
          { id: "small", name: { de: "Klein" }, price: 890 },
          { id: "large", name: { de: "Groß" }, price: 1190, stock: 5 },
        ],
        groups: ["crust", "extras"],
        allergens: ["gluten", "milk"],
      },
      { id: "soup", name: { de: "Suppe" }, price: 590, stock: 8 },
      { id: "beer", name: { de: "Bier" }, price: 390, taxClass: "drinks" },
    ],
    groups: [
      {
        id: "crust",
        name: { de: "Boden" },
        minimum: 1,
        maximum: 1,
        options: [
          { id: "thin", name: { de: "Dünn" }, default: true },
          { id: "filled", name: { de: "Gefüllt" }, price: 200, groups: ["filling"], stock: 3 },
        ],
      },
      {
        id: "filling",
        name: { de: "Füllung" },
        minimum: 1,
        maximum: 2,
        options: [
          { id: "cheese", name: { de: "Käse" }, price: 100 },
          { id: "sausage", name: { de: "Wurst" }, price: 150 },
        ],
      },
      {
        id: "extras",
        name: { de: "Extras" },
        maximum: 3,
        options: [
          { id: "olives", name: { de: "Oliven" }, price: 80, priceByVariation: { large: 120 }, maximum: 2 },
          { id: "egg", name: { de: "Ei" }, price: 100, allergens: ["eggs"] },
        ],
      },
    ],
  }) satisfies MenuFile;

export const vendorFile = () => ({
  locale: "en",
  currency: "THB",
  vendor: { id: 7, name: "Krua Thonglor", is_active: true, timezone: "Asia/Bangkok" },
  toppings: {
    "501": {
      id: 501,
      name: "Choice of meat",
      description: "",
      quantity_minimum: 1,
      quantity_maximum: 1,
      options: [
        { id: 9001, product_id: 1, name: "Pork", price: 0, is_sold_out: false },
        { id: 9002, product_id: 2, name: "Seafood", price: 49.5, is_sold_out: false },
      ],
    },
    "502": {
      id: 502,
      name: "Extra",
      description: "",
      quantity_minimum: 0,
      quantity_maximum: 3,
      options: [
        { id: 9003, product_id: 3, name: "Fried egg", price: 15, is_sold_out: false },
        { id: 9004, product_id: 4, name: "Rice", price: 10, is_sold_out: true },
      ],
    },
  },
  categories: [
    {
      id: "10",
      name: "Stir-fried",
      products: [
        {
          id: 1001,
          name: "Pad kra pao",
          description: "With holy basil",
          is_alcoholic_item: false,
          is_sold_out: false,
          product_variations: [
            { id: 2001, name: "Small", price: 120, container_price: 0, topping_ids: [501, 502] },
            { id: 2002, name: "Large", price: 175, container_price: 0, topping_ids: [501] },
          ],
        },
        {
          id: 1002,
          name: "ผัดไทย",
          description: "",
          product_variations: [{ id: 2003, name: null, price: 140, price_before_discount: 180, topping_ids: [501] }],
        },
      ],
    },
  ],
});

const money = (amount: number) => ({ amount, currency: "USD" });
export const squareFile = () => [
  { id: "CAT1", type: "CATEGORY", category_data: { name: "Scoops" } },
  {
    id: "TAX1",
    type: "TAX",
    tax_data: { name: "Sales", percentage: "8.25", inclusion_type: "ADDITIVE", enabled: true },
  },
  { id: "IMG1", type: "IMAGE", image_data: { url: "https://example.com/cone.jpg" } },
  { id: "DISC", type: "DISCOUNT", discount_data: { name: "staff" } },
  {
    id: "LIST1",
    type: "MODIFIER_LIST",
    modifier_list_data: {
      name: "Toppings",
      selection_type: "MULTIPLE",
      modifiers: [
        { id: "MOD1", type: "MODIFIER", modifier_data: { name: "Sprinkles", price_money: money(75) } },
        { id: "MOD2", type: "MODIFIER", modifier_data: { name: "Fudge", price_money: money(100) } },
      ],
    },
  },
  { id: "MOD1", modifier_data: { name: "Sprinkles", price_money: money(75) } },
  {
    id: "ITEM1",
    type: "ITEM",
    image_id: "IMG1",
    item_data: {
      name: "Cone",
      category_id: "CAT1",
      tax_ids: ["TAX1"],
      modifier_list_info: [
        { modifier_list_id: "LIST1", min_selected_modifiers: 1, max_selected_modifiers: 2, enabled: true },
      ],
      variations: [
        { id: "V1", item_variation_data: { item_id: "ITEM1", name: "One scoop", price_money: money(450) } },
        {
          id: "V2",
          item_variation_data: {
            item_id: "ITEM1",
            name: "Two scoops",
            price_money: money(650),
            location_overrides: [{ location_id: "L", sold_out: true }],
          },
        },
      ],
    },
  },
  {
    id: "ITEM2",
    type: "ITEM",
    item_data: {
      name: "Pint",
      category_id: "CAT1",
      variations: [{ id: "V3", item_variation_data: { item_id: "ITEM2", name: "Regular", price_money: money(1000) } }],
    },
  },
  {
    id: "ITEM3",
    type: "ITEM",
    item_data: { name: "Old", is_archived: true, variations: [{ id: "V4", item_variation_data: { name: "Regular" } }] },
  },
  { id: "ITEM4", type: "ITEM", is_deleted: true, item_data: { name: "Gone" } },
];

export const csvFile = () =>
  [
    "\ufeffid;kind;category;name;name:en;size;price;tax;group;groups;minimum;maximum;allergens;stock",
    '1;;Suppen;"Linsensuppe; hausgemacht";Lentil soup;;6,90;7;;Beilage;;;celery|gluten;',
    "2;item;Pizza;Margherita;;klein;8,50;7;;Extras|Beilage;;;milk;",
    "2;item;Pizza;Margherita;;groß;11,00;7;;;;;;4",
    '3;;Getränke;"Cola 0,33";;;2,80;19 %;;;;;;',
    ";option;;Brot;Bread;;0;;Beilage;;1;1;gluten;",
    ";option;;Pommes;;;1,50;;Beilage;;;;;",
    ";option;;Käse;;;1,00;;Extras;;;1;milk;",
  ].join("\r\n");
