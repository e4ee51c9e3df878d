package org.bagnetlab.server.message.content;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.server.message.Content;
import org.bagnetlab.server.message.MessagePicture;
import org.bagnetlab.server.message.content.AccuracyChart.Row;
import org.bagnetlab.server.results.digest.Digest;
import org.bagnetlab.server.results.digest.DigestText;
import org.bagnetlab.server.results.list.ListedRun;
import org.bagnetlab.server.results.list.RunFilter;
import org.bagnetlab.server.results.list.RunPage;
import org.bagnetlab.server.table.Table;
import org.bagnetlab.server.table.WrittenTable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a message says about a sweep: why jobs failed, the best runs, all runs in a table. */
final class SweepContent {

  private static final Logger LOG = LoggerFactory.getLogger(SweepContent.class);

  /** Maximum number of rows in the table and in the chart. */
  private static final int MOST_ROWS = 20;

  private static final String SEED = TrainExperiment.SEED.name();

  private SweepContent() {}

  /**
   * The content for a sweep.
   *
   * @param digest its summary
   * @param all all runs of the lab
   */
  static Content of(String sweep, Digest digest, List<ListedRun> all) {
    List<String> sentences = new ArrayList<>(DigestText.failures(digest.failed()));
    sentences.addAll(DigestText.best(digest.best()));
    DigestText.cost(digest).ifPresent(sentences::add);
    RunFilter filter = filter(sweep);
    RunPage page = RunPage.of(all, filter);
    boolean measured = !page.runs().isEmpty();
    return new Content(
        sentences,
        measured ? List.of(table(page, filter)) : List.of(),
        measured ? picture(sweep, page.runs(), page.varyingParameters()) : Optional.empty(),
        Optional.of(digest));
  }

  /** The runs of a sweep, the highest test accuracy first. */
  private static RunFilter filter(String sweep) {
    RunFilter all = RunFilter.ALL;
    return new RunFilter(
        all.dataset(),
        all.network(),
        Optional.of(sweep),
        all.tag(),
        all.converged(),
        all.parameters(),
        all.query(),
        all.runs(),
        Optional.of("-test"),
        all.columns(),
        all.grouped(),
        all.limit(),
        all.offset());
  }

  private static WrittenTable table(RunPage page, RunFilter filter) {
    List<String> columns =
        Stream.of(
                Stream.of("network"),
                page.varying().stream().filter(List.of("dataset", "trouble")::contains),
                page.varyingParameters().stream(),
                Stream.of("validation", "test", "scrambled", "run"))
            .flatMap(names -> names)
            .toList();
    Table<ListedRun> table =
        RunPage.table(page.first(MOST_ROWS), Optional.empty(), filter, columns);
    int left = page.runs().size() - MOST_ROWS;
    return WrittenTable.of(
        left > 0 ? table.with("%d more runs are in the dashboard.".formatted(left)) : table);
  }

  /**
   * The chart of test accuracies; empty without any, or if this machine has no font, which a
   * machine without a screen may lack.
   */
  private static Optional<MessagePicture> picture(
      String sweep, List<ListedRun> runs, List<String> varying) {
    List<Row> rows = rows(runs, varying);
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new MessagePicture(
              AccuracyChart.png("Test accuracy, sweep %s".formatted(sweep), rows),
              "Test accuracy of %d configurations of the sweep %s; the best is %s with %.1f %%."
                  .formatted(rows.size(), sweep, rows.get(0).name(), 100 * rows.get(0).mean())));
    } catch (RuntimeException | LinkageError | InternalError e) {
      LOG.warn("Messages have no charts, since no font is installed (such as fonts-dejavu)", e);
      return Optional.empty();
    }
  }

  /** The configurations with the highest means over their runs. */
  private static List<Row> rows(List<ListedRun> runs, List<String> varying) {
    Map<String, List<Double>> found = new LinkedHashMap<>();
    for (ListedRun run : runs) {
      if (run.trouble().isEmpty()) {
        run.test()
            .ifPresent(
                test ->
                    found
                        .computeIfAbsent(name(run, varying), any -> new ArrayList<>())
                        .add(test.accuracy()));
      }
    }
    return found.entrySet().stream()
        .map(each -> new Row(each.getKey(), each.getValue()))
        .sorted(Comparator.comparingDouble(Row::mean).reversed())
        .limit(MOST_ROWS)
        .toList();
  }

  /** The network, and the settings other than the seed in which the runs differ. */
  private static String name(ListedRun run, List<String> varying) {
    StringBuilder name = new StringBuilder(run.label());
    for (String parameter : varying) {
      JsonNode value = run.parameters().get(parameter);
      if (!parameter.equals(SEED) && value != null) {
        name.append(", ").append(value.isTextual() ? "" : parameter + " ").append(value.asText());
      }
    }
    return name.toString();
  }
}
