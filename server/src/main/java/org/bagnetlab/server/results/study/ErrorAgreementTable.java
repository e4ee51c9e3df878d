package org.bagnetlab.server.results.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.bagnetlab.server.results.run.AccuracyColumns;
import org.bagnetlab.server.statistics.ErrorConsistency;
import org.bagnetlab.server.table.Column;
import org.bagnetlab.server.table.Column.Field;
import org.bagnetlab.server.table.Column.Role;
import org.bagnetlab.server.table.Table;

/** Shows the agreement of errors for each pair of networks as a table. */
public final class ErrorAgreementTable {

  private static final List<String> NOTES =
      List.of(
          "Kappa: 1 for the same errors, 0 for independent ones (Geirhos, Meding and Wichmann"
              + " 2020), mean over pairs of runs with different seeds, with a 95 % interval over"
              + " seeds and images from three seeds on; with *, of one pair of runs with the same"
              + " seed.",
          "Own kappa: of two seeds of the same network.",
          "Correlations of classes are of the shares of each class's images that the networks"
              + " recognise; that of logits is over images and classes.");

  private ErrorAgreementTable() {}

  /** One row for each pair of networks. */
  public static Table<?> of(ErrorAgreement view) {
    List<Column<ErrorAgreement.Pair>> columns = new ArrayList<>();
    Function<String, Optional<String>> label =
        name -> view.network(name).map(ErrorAgreement.Network::label);
    columns.add(DifferenceColumns.network("first", "Network", ErrorAgreement.Pair::first, label));
    columns.add(
        DifferenceColumns.network("second", "Compared with", ErrorAgreement.Pair::second, label));
    columns.addAll(view.chosen().columns());
    columns.add(AccuracyColumns.seeds(pair -> Optional.of(errors(pair).seeds())));
    columns.add(
        Column.of("images", "Images", Role.SETTING, pair -> Optional.of(errors(pair).images())));
    columns.add(
        AccuracyColumns.share(
            "observed", "Both right or wrong", pair -> Optional.of(errors(pair).observed())));
    columns.add(
        AccuracyColumns.share(
            "expected", "By chance", pair -> Optional.of(errors(pair).expected())));
    columns.add(kappa("kappa", "Kappa", pair -> Optional.of(errors(pair))));
    columns.add(kappa("kappaOfFirst", "Own kappa", own(view, ErrorAgreement.Pair::first)));
    columns.add(
        kappa("kappaOfSecond", "Own kappa of the other", own(view, ErrorAgreement.Pair::second)));
    columns.add(number("pearson", "Pearson of classes", ErrorAgreement.Pair::pearson));
    columns.add(number("spearman", "Spearman of classes", ErrorAgreement.Pair::spearman));
    columns.add(
        number(
            "logitCorrelation",
            "Correlation of logits",
            pair -> pair.agreement().logitCorrelation()));
    return new Table<>(
        "error-agreement", "Agreement of errors on test images", columns, view.pairs(), NOTES);
  }

  private static ErrorConsistency errors(ErrorAgreement.Pair pair) {
    return pair.agreement().errors();
  }

  private static Function<ErrorAgreement.Pair, Optional<ErrorConsistency>> own(
      ErrorAgreement view, Function<ErrorAgreement.Pair, String> network) {
    return pair ->
        view.network(network.apply(pair))
            .flatMap(ErrorAgreement.Network::ceiling)
            .map(ErrorAgreement.Agreement::errors);
  }

  private static Column<ErrorAgreement.Pair> kappa(
      String name, String label, Function<ErrorAgreement.Pair, Optional<ErrorConsistency>> errors) {
    return new Column<>(
        label,
        Role.VALUE,
        List.of(
            field(name, errors, ErrorConsistency::kappa),
            field(name + "Low", errors, ErrorConsistency::low),
            field(name + "High", errors, ErrorConsistency::high)),
        pair -> errors.apply(pair).flatMap(ErrorAgreementTable::text));
  }

  private static Field<ErrorAgreement.Pair> field(
      String name,
      Function<ErrorAgreement.Pair, Optional<ErrorConsistency>> errors,
      Function<ErrorConsistency, Optional<?>> part) {
    return new Field<>(name, pair -> errors.apply(pair).flatMap(part));
  }

  private static Column<ErrorAgreement.Pair> number(
      String name, String label, Function<ErrorAgreement.Pair, Optional<Double>> value) {
    return Column.<ErrorAgreement.Pair>of(name, label, Role.VALUE, value::apply)
        .shownAs(pair -> value.apply(pair).map(ErrorAgreementTable::number));
  }

  private static Optional<String> text(ErrorConsistency errors) {
    return errors
        .kappa()
        .map(
            kappa ->
                errors.low().isEmpty() || errors.high().isEmpty()
                    ? number(kappa) + (errors.seeds() == 1 ? "*" : "")
                    : "%s (%s to %s)"
                        .formatted(
                            number(kappa),
                            number(errors.low().get()),
                            number(errors.high().get())));
  }

  /** Formats a number, with a minus sign. A number that rounds to zero gets no sign. */
  static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", Math.round(100 * value) / 100.0).replace('-', '−');
  }
}
