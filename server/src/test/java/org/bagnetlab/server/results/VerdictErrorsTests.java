package org.bagnetlab.server.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bagnetlab.server.statistics.PairedDifference;
import org.bagnetlab.server.statistics.SeedMean;
import org.bagnetlab.server.statistics.SimulatedErrors;
import org.bagnetlab.server.statistics.SimulatedRates;
import org.bagnetlab.server.statistics.SimulatedRates.Rate;
import org.bagnetlab.server.statistics.SimulatedSeeds;
import org.bagnetlab.server.statistics.SimulatedSeeds.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * How often a claim is supported or contradicted where neither is true: where no networks differ,
 * and where one prediction of several is in doubt, so that all depends on it.
 */
@Timeout(3600)
class VerdictErrorsTests {

  private static final SimulatedRates VERDICTS =
      new SimulatedRates(
          Path.of("src/main/resources/org/bagnetlab/server/statistics/verdict-errors.csv"),
          "of,seeds,shape,rate,studies");

  private static final int IMAGES = 300;
  private static final double ACCURACY = .65;

  /** A difference that no study can miss. */
  private static final double CLEAR = .3;

  /** A claim of the report, as {@link ReportClaims} makes it. */
  private enum Simulated {
    FIELD("accuracy-grows-with-receptive-field", Needed.ALL, 2) {
      @Override
      List<SeedMean> means(SimulatedSeeds seeds, boolean oneInDoubt) {
        double[][] smallest = seeds.network(oneInDoubt ? ACCURACY - CLEAR : ACCURACY);
        double[][] middle = seeds.network(ACCURACY);
        return List.of(
            SeedMean.between(middle, smallest), SeedMean.between(seeds.network(ACCURACY), middle));
      }
    },
    BETTER("bagnet33-beats-resnet50", Needed.ALL, 1) {
      @Override
      List<SeedMean> means(SimulatedSeeds seeds, boolean oneInDoubt) {
        return List.of(SeedMean.between(seeds.network(ACCURACY), seeds.network(ACCURACY)));
      }
    },
    BEST("cbam-resnet50-is-best", Needed.ALL, 6) {
      @Override
      List<SeedMean> means(SimulatedSeeds seeds, boolean oneInDoubt) {
        double[][] best = seeds.network(ACCURACY);
        return IntStream.range(0, 6)
            .mapToObj(i -> seeds.network(oneInDoubt && i > 0 ? ACCURACY - CLEAR : ACCURACY))
            .map(other -> SeedMean.between(best, other))
            .toList();
      }
    },
    SCRAMBLING("bagnet33-survives-scrambling", Needed.FIRST_THEN_OTHERS, 5) {
      @Override
      List<SeedMean> means(SimulatedSeeds seeds, boolean oneInDoubt) {
        double loss = oneInDoubt ? ReportClaims.SMALL_LOSS - CLEAR : ReportClaims.SMALL_LOSS;
        double[][] ofBagNet = seeds.loss(ACCURACY, loss);
        double[][] margin = new double[ofBagNet.length][];
        for (int seed = 0; seed < margin.length; seed++) {
          margin[seed] = ofBagNet[seed].clone();
          for (int i = 0; i < margin[seed].length; i++) {
            margin[seed][i] = ReportClaims.SMALL_LOSS - margin[seed][i];
          }
        }
        return Stream.concat(
                Stream.of(SeedMean.of(margin, 1)),
                IntStream.range(0, 4)
                    .mapToObj(i -> SeedMean.between(seeds.loss(ACCURACY, loss), ofBagNet)))
            .toList();
      }
    },
    EVIDENCE("receptive-field-moves-evidence", Needed.ALL, 1) {
      /** Nothing but that a number is above zero. */
      @Override
      List<SeedMean> means(SimulatedSeeds seeds, boolean oneInDoubt) {
        return List.of(SeedMean.of(seeds.loss(ACCURACY, 0), 1));
      }
    },
    STEPS("one-step-improves", Needed.ANY, 10) {
      @Override
      List<SeedMean> means(SimulatedSeeds seeds, boolean oneInDoubt) {
        List<double[][]> chain =
            IntStream.range(0, 11).mapToObj(i -> seeds.network(ACCURACY)).toList();
        return IntStream.range(0, 10)
            .mapToObj(i -> SeedMean.between(chain.get(i + 1), chain.get(i)))
            .toList();
      }
    };

    private final String id;
    private final Needed needed;
    private final int predictions;

    Simulated(String id, Needed needed, int predictions) {
      this.id = id;
      this.needed = needed;
      this.predictions = predictions;
    }

    /** What its predictions find; none is true but those that are clear where one is in doubt. */
    abstract List<SeedMean> means(SimulatedSeeds seeds, boolean oneInDoubt);

    boolean decided(SimulatedSeeds seeds, boolean oneInDoubt) {
      List<SeedMean> means = means(seeds, oneInDoubt);
      List<Optional<Prediction>> tested =
          IntStream.range(0, means.size())
              .mapToObj(
                  i ->
                      Optional.of(
                          Prediction.of(
                              "",
                              PairedDifference.of(means.get(i), IMAGES),
                              needed.correction(i, means.size()),
                              (difference, interval) -> "")))
              .toList();
      return Verdict.of(needed, tested) != Verdict.UNDECIDED;
    }
  }

  private static Stream<Rate> rates(int seeds, Shape shape, int studies, long randomness) {
    SplittableRandom random = new SplittableRandom(randomness);
    return Stream.of(Simulated.values())
        .flatMap(
            claim ->
                Stream.of(false, true)
                    .filter(
                        oneInDoubt ->
                            !oneInDoubt || (claim.needed != Needed.ANY && claim.predictions > 1))
                    .map(
                        oneInDoubt -> {
                          int decided = 0;
                          for (int study = 0; study < studies; study++) {
                            SimulatedSeeds simulated =
                                new SimulatedSeeds(random, shape, seeds, IMAGES, 1);
                            decided += claim.decided(simulated, oneInDoubt) ? 1 : 0;
                          }
                          return new Rate(
                              "%s,%d,%s%s"
                                  .formatted(
                                      claim.id, seeds, shape, oneInDoubt ? "; one in doubt" : ""),
                              1.0 * decided / studies,
                              studies);
                        }));
  }

  @Test
  void verdictsAreAsOftenWrongAsIsStored() {
    if (SimulatedRates.updated()) {
      VERDICTS.write(
          Stream.of(3, 4, 5, 6, 8)
              .flatMap(
                  seeds ->
                      Stream.of(Shape.values())
                          .parallel()
                          .flatMap(shape -> rates(seeds, shape, 2000, 1).toList().stream())
                          .toList()
                          .stream()));
    }
    VERDICTS.assertAgree(Stream.of(Shape.values()).flatMap(shape -> rates(6, shape, 60, 2)));
  }

  @Test
  void noVerdictIsWrongInMoreThanFivePercentOfStudies() {
    assertThat(VERDICTS.stored())
        .allSatisfy(
            rate -> assertThat(rate.above(PairedDifference.ERROR)).as(rate.of()).isNegative());
  }

  /** The claims that were simulated are those that are judged. */
  @Test
  void theClaimsAreTheReports() {
    Published published = Published.read();
    List<Claim> claims =
        ReportClaims.of(
            SimulatedRuns.study(
                Stream.concat(
                        published.table1().stream().map(Published.Row::architecture),
                        org.bagnetlab.vision.architecture.ControlledVariants.chain().stream()
                            .map(change -> change.after()))
                    .distinct()
                    .map(name -> SimulatedRuns.network(name, 3, .7, .5))
                    .toArray(StudiedNetwork[]::new)),
            Evidence.none(),
            published,
            new Networks(published));
    assertThat(claims).hasSameSizeAs(Simulated.values());
    for (int i = 0; i < claims.size(); i++) {
      Simulated simulated = Simulated.values()[i];
      Claim claim = claims.get(i);
      assertThat(claim.id()).isEqualTo(simulated.id);
      assertThat(claim.needed()).isEqualTo(simulated.needed);
      if (simulated != Simulated.EVIDENCE) {
        assertThat(claim.predictions()).hasSize(simulated.predictions);
      }
      assertThat(SimulatedErrors.read().ofVerdict(claim.id(), 6)).isPresent();
    }
  }
}
