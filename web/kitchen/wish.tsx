import { speaksOfAllergy } from "../../domain/ticket/allergy.ts";
import { Icon } from "../shared/icon.tsx";
import { words } from "./words.ts";

/** What somebody has asked for in words; what may be an allergy cannot be missed. */
export function Wish({ wish }: { readonly wish: string }) {
  const isAllergy = speaksOfAllergy(wish);
  return (
    <p class="ticket-wish" data-allergy={isAllergy}>
      {isAllergy ? (
        <strong>
          <Icon name="alert" /> {words.value.allergy}
        </strong>
      ) : null}
      <bdi>{wish}</bdi>
    </p>
  );
}
