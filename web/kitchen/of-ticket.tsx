/** Which ticket a button is of, for those who meet it without the ticket around it. */
export function OfTicket({ code }: { readonly code: string }) {
  return <span class="for-ears">, {code}</span>;
}
