package org.bagnetlab.server.results.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.server.results.run.Measured;
import org.bagnetlab.server.results.run.MeasuredRuns;
import org.bagnetlab.server.results.run.Networks;
import org.bagnetlab.server.results.run.Pooling;
import org.bagnetlab.server.results.run.Published;
import org.bagnetlab.server.results.run.SimulatedRuns;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.result.ResultRow;
import org.bagnetlab.storage.run.EpochRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A list of runs grouped by configuration. */
@Timeout(120)
class RunGroupingTests {

  private static final int IMAGES = 100;
  private static final double EXPLODED = 1e6;

  @TempDir Path directory;

  private static long training(
      Tables tables, String network, long seed, double loss, List<Double> validation) {
    long job = RunIndexTests.succeeded(tables, SimulatedRuns.spec(network, "controlled-15", seed));
    for (int epoch = 1; epoch <= validation.size(); epoch++) {
      double accuracy = validation.get(epoch - 1);
      tables.runs().put(job, new EpochRow(epoch, .1, loss, .9, .5, accuracy, false, 1));
    }
    tables
        .results()
        .put(
            new ResultRow(
                job,
                "accuracy",
                "accuracy",
                "test",
                "{}",
                validation.getLast(),
                Optional.of(IMAGES)));
    return job;
  }

  private static RunPage grouped(Tables tables, String query, String sort) {
    RunFilter all = RunFilter.ALL;
    return RunPage.grouped(
        new RunIndex(new Networks(Published.read())).all(tables),
        new RunFilter(
            all.dataset(),
            all.network(),
            all.sweep(),
            all.tag(),
            all.converged(),
            all.parameters(),
            RunQuery.of(query),
            all.runs(),
            Optional.of(sort),
            all.columns(),
            true,
            1,
            0),
        new RunGrouping(tables, new MeasuredRuns(Pooling.BY_CODE)));
  }

  @Test
  void meansAreOverSeedsThatCount() {
    try (Database database = Database.open(directory.resolve("test"))) {
      List<Long> runs =
          database
              .write(
                  tables ->
                      List.of(
                          training(tables, "bagnet9", 1, .5, List.of(.2, .4)),
                          training(tables, "bagnet9", 2, .5, List.of(.1, .1)),
                          training(tables, "bagnet9", 2, .5, List.of(.4, .6, .8)),
                          training(tables, "bagnet9", 3, EXPLODED, List.of(.3, .1)),
                          training(tables, "bagnet17", 1, .5, List.of(.3, .5))))
              .join();
      RunPage page = database.read(tables -> grouped(tables, "", "-test")).join();
      assertThat(page.total()).isEqualTo(5);
      RunPage.Groups found = page.configurations().orElseThrow();
      assertThat(found.total()).isEqualTo(2);
      RunGroup best = found.page().getFirst();
      assertThat(best.runs()).containsExactly(runs.get(3), runs.get(2), runs.get(1), runs.get(0));
      assertThat(best.counted()).containsExactly(runs.get(2), runs.get(0));
      Measured test = best.test().orElseThrow();
      assertThat(test.mean()).isCloseTo(.6, within(1e-12));
      assertThat(test.n()).isEqualTo(2);
      assertThat(best.curve()).hasSize(2);
      assertThat(best.curve().getLast()).isCloseTo(.5, within(1e-12));
      assertThat(page.runs()).extracting(ListedRun::id).isEqualTo(best.runs());

      RunPage lowest = database.read(tables -> grouped(tables, "", "test")).join();
      assertThat(lowest.configurations().orElseThrow().page().getFirst().counted())
          .containsExactly(runs.get(4));
      // The mean is over the runs of the list.
      RunPage first = database.read(tables -> grouped(tables, "bagnet9 seed = 1", "run")).join();
      assertThat(first.configurations().orElseThrow().page().getFirst().test())
          .hasValueSatisfying(one -> assertThat(one.mean()).isEqualTo(.4));
      RunPage exploded = database.read(tables -> grouped(tables, "seed = 3", "run")).join();
      assertThat(exploded.configurations().orElseThrow().page().getFirst())
          .isEqualTo(
              new RunGroup(
                  List.of(runs.get(3)),
                  List.of(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  List.of()));
    }
  }
}
