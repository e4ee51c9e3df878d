package org.bagnetlab.server.results.claim;

import com.fasterxml.jackson.core.type.TypeReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.table.Column;
import org.bagnetlab.server.table.Column.Field;
import org.bagnetlab.server.table.Column.Role;
import org.bagnetlab.server.table.Table;

/** Shows the claims of the report with their verdicts as a table. */
public final class ClaimsTable {

  private static final String NOTE =
      "A claim makes predictions. A prediction holds if its 95 % interval over seeds and images is"
          + " above zero, and fails if it is below. A claim is supported if all of its predictions"
          + " hold, and contradicted if one fails. For scrambling, the other networks count only once"
          + " BagNet-33 is found to lose little. The last claim is supported if any prediction holds,"
          + " and contradicted if all fail. Where any of several predictions would be enough to"
          + " support or contradict a claim, that end of their intervals is simultaneous"
          + " (Bonferroni).";

  private ClaimsTable() {}

  /** One row for each claim. */
  public static Table<?> of(Claims view) {
    List<Column<Claim>> columns = new ArrayList<>();
    columns.add(Column.of("id", "Name", Role.NAME, claim -> Optional.of(claim.id())));
    columns.add(Column.of("claim", "Claim", Role.NAME, claim -> Optional.of(claim.claim())));
    columns.addAll(view.chosen().columns());
    columns.add(
        new Column<>(
            "Verdict",
            Role.VALUE,
            List.of(
                new Field<>("verdict", claim -> Optional.of(name(claim.verdict()))),
                new Field<>("seeds", Claim::seeds),
                new Field<>("errorRate", Claim::errorRate),
                new Field<>("seedsToDecide", Claim::seedsToDecide)),
            claim -> Optional.of(name(claim.verdict()))));
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
        new Column<>(
            "Evidence",
            Role.VALUE,
            List.of(
                new Field<>("evidence", claim -> Optional.of(claim.evidence())),
                predictions("difference", each -> Optional.of(each.difference().difference())),
                predictions("low", ClaimPrediction::low),
                predictions("high", ClaimPrediction::high),
                predictions("adjusted", ClaimPrediction::adjusted)),
            claim -> Optional.of(claim.evidence())));
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

  /** One value for each prediction, in order; a minus sign where the value is not known. */
  private static Field<Claim> predictions(
      String name, Function<ClaimPrediction, Optional<Double>> value) {
    return new Field<>(
        name,
        claim ->
            Optional.of(
                claim.predictions().stream()
                    .map(each -> value.apply(each).map(String::valueOf).orElse("-"))
                    .collect(Collectors.joining(" "))));
  }

  private static String name(Verdict verdict) {
    return Json.MAPPER.convertValue(verdict, new TypeReference<>() {});
  }
}
