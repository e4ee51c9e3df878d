package org.bagnetlab.server.results;

import com.fasterxml.jackson.core.type.TypeReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.table.Column;
import org.bagnetlab.server.table.Column.Role;
import org.bagnetlab.server.table.Table;

/** The report's claims with their verdicts, in columns. */
final class ClaimsTable {

  private static final String NOTE =
      "A claim makes predictions. A prediction holds if found over at least three seeds with a"
          + " p-value below 5 %, corrected after Holm over the claim's predictions, and fails if the"
          + " opposite was. A claim is supported if all of its predictions hold, and contradicted if"
          + " one fails; the last claim is supported if any holds, and contradicted if all fail.";

  private ClaimsTable() {}

  static Table<?> of(Claims view, ViewFilter filter) {
    List<Column<Claim>> columns = new ArrayList<>();
    columns.add(Column.of("id", "Name", Role.NAME, claim -> Optional.of(claim.id())));
    columns.add(Column.of("claim", "Claim", Role.NAME, claim -> Optional.of(claim.claim())));
    columns.addAll(RowSettings.columns(claim -> view.setting().map(Setting::settings)));
    columns.add(
        Column.of("verdict", "Verdict", Role.VALUE, claim -> Optional.of(name(claim.verdict()))));
    columns.add(
        Column.of(
            "known",
            "Known of this data set",
            Role.VALUE,
            claim ->
                claim
                    .truth()
                    .map(truth -> "%s: %s".formatted(name(truth.verdict()), truth.reason()))));
    columns.add(
        Column.of("evidence", "Evidence", Role.VALUE, claim -> Optional.of(claim.evidence())));
    columns.add(
        Column.of(
            "runs",
            "Runs",
            Role.VALUE,
            claim ->
                Optional.of(
                    claim.runs().stream().map(String::valueOf).collect(Collectors.joining(" ")))));
    return new Table<>("claims", "The report's claims", columns, view.claims(), List.of(NOTE));
  }

  private static String name(Verdict verdict) {
    return Json.MAPPER.convertValue(verdict, new TypeReference<>() {});
  }
}
