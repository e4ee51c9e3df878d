package org.bagnetlab.server.results.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.server.results.run.AccuracyColumns;
import org.bagnetlab.server.table.Column;
import org.bagnetlab.server.table.Column.Role;
import org.bagnetlab.server.table.Table;

/** Shows the changes from ResNet-50 to BagNet-33 as a table. */
public final class ChangesTable {

  private ChangesTable() {}

  /** One row for each change. */
  public static Table<?> of(Changes view) {
    List<Column<Changes.Step>> columns = new ArrayList<>();
    columns.add(Column.of("change", "Step", Role.NAME, step -> Optional.of(step.change())));
    columns.add(
        Column.<Changes.Step>of(
                "before", "Before", Role.NAME, step -> Optional.of(step.before().architecture()))
            .shownAs(step -> Optional.of(step.before().label())));
    columns.add(
        Column.<Changes.Step>of(
                "after", "After", Role.NAME, step -> Optional.of(step.after().architecture()))
            .shownAs(step -> Optional.of(step.after().label())));
    columns.addAll(view.chosen().columns());
    columns.add(
        AccuracyColumns.seeds(step -> step.difference().map(found -> found.bySeed().size())));
    columns.add(
        AccuracyColumns.share("accuracyBefore", "Accuracy before", Changes.Step::accuracyBefore));
    columns.add(
        AccuracyColumns.share("accuracyAfter", "Accuracy after", Changes.Step::accuracyAfter));
    columns.addAll(DifferenceColumns.of(Changes.Step::difference, Changes.Step::adjusted));
    return new Table<>(
        "changes",
        "Test accuracy step by step from ResNet-50 to BagNet-33",
        columns,
        view.changes(),
        List.of(DifferenceColumns.NOTE));
  }
}
