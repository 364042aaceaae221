interface PageSize {
  readonly start: number;
  readonly largestScreen: number;
  readonly all: number;
}
export const pageBudgets: PageSize;
export function measurePage(page: string): PageSize;
