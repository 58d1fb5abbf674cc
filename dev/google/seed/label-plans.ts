type LabelPlan = { name: string; color: string | null }[];

export const userLabels: Record<"english" | "mixed" | "office", LabelPlan> = {
  english: [
    { name: "Invoices", color: "#16a766" },
    { name: "Work", color: null },
    { name: "Work/Reviews", color: "#4a86e8" },
  ],
  mixed: [
    { name: "Invoices", color: "#16a766" },
    { name: "Kampung Bersih", color: "#b65775" },
    { name: "Work", color: null },
    { name: "Work/Reviews", color: "#4a86e8" },
    { name: "งานอาสา", color: "#a46a21" },
  ],
  office: [{ name: "Invoices", color: "#16a766" }],
};
