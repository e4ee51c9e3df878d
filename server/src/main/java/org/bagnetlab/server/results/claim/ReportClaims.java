package org.bagnetlab.server.results.claim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.DoubleToIntFunction;
import java.util.stream.Collectors;
import org.bagnetlab.experiment.evidence.EvidenceExperiment;
import org.bagnetlab.experiment.train.ObjectiveName;
import org.bagnetlab.experiment.train.ObjectiveParameters;
import org.bagnetlab.server.results.missing.MissingJob;
import org.bagnetlab.server.results.missing.MissingSeeds;
import org.bagnetlab.server.results.missing.SettingTrainings;
import org.bagnetlab.server.results.run.Networks;
import org.bagnetlab.server.results.run.Published;
import org.bagnetlab.server.results.study.DifferenceSentence;
import org.bagnetlab.server.results.study.Measure;
import org.bagnetlab.server.results.study.Outcomes;
import org.bagnetlab.server.results.study.StudiedNetwork;
import org.bagnetlab.server.results.study.Study;
import org.bagnetlab.server.statistics.Interval;
import org.bagnetlab.server.statistics.PairedDifference;
import org.bagnetlab.server.statistics.SeedMean;
import org.bagnetlab.vision.architecture.ControlledChange;
import org.bagnetlab.vision.architecture.ControlledVariants;
import org.bagnetlab.vision.dataset.generated.Controlled15;

/**
 * The claims of the report, formulated as tests. Each claim predicts that some differences between
 * networks are above zero, on the same images and over several seeds.
 */
public final class ReportClaims {

  private static final String RESNET = "resnet50";
  private static final String CBAM = "cbam_resnet50";
  private static final String LARGEST_BAGNET = "bagnet33";

  /** The BagNets of the report, in the order of their receptive fields. */
  public static final List<String> BAGNETS = List.of("bagnet9", "bagnet17", LARGEST_BAGNET);

  /**
   * The largest loss at which a network counts as nearly insensitive: half the loss of the least
   * sensitive other network.
   */
  static final double SMALL_LOSS = 0.10;

  /**
   * The largest loss at which training patches one by one counts as nearly as good. A choice, half
   * of what scrambling may cost: the report names no number.
   */
  static final double SMALL_LOSS_ALONE = 0.05;

  private final Study study;
  private final Evidence evidence;
  private final Objectives objectives;
  private final Published published;
  private final Networks networks;
  private final SettingTrainings trainings;

  private ReportClaims(
      Study study,
      Evidence evidence,
      Objectives objectives,
      Published published,
      Networks networks) {
    this.study = study;
    this.evidence = evidence;
    this.objectives = objectives;
    this.published = published;
    this.networks = networks;
    this.trainings = study.trainings();
  }

  /** All claims with their verdicts. */
  public static List<Claim> of(
      Study study,
      Evidence evidence,
      Objectives objectives,
      Published published,
      Networks networks) {
    ReportClaims claims = new ReportClaims(study, evidence, objectives, published, networks);
    return List.of(
        claims.field(),
        claims.bagNetBeatsResNet(),
        claims.attentionIsBest(),
        claims.scrambling(),
        claims.placeOfEvidence(),
        claims.heightOfEvidence(),
        claims.localFeaturesAlone(),
        claims.cause());
  }

  private Claim field() {
    Gathered gathered = new Gathered(Needed.ALL);
    gathered.add("bagnet17", "bagnet9", Measure.TEST);
    gathered.add(LARGEST_BAGNET, "bagnet17", Measure.TEST);
    return gathered.judged(
        "accuracy-grows-with-receptive-field",
        "Accuracy grows with the receptive field: BagNet-9 < BagNet-17 < BagNet-33.",
        truth(
            Verdict.SUPPORTED,
            "A linear bag under cross-entropy reaches %s, %s and %s on this data set."
                .formatted(limit(9), limit(17), limit(33))));
  }

  private Claim bagNetBeatsResNet() {
    Gathered gathered = new Gathered(Needed.ALL);
    gathered.add(LARGEST_BAGNET, RESNET, Measure.TEST);
    return gathered.judged(
        "bagnet33-beats-resnet50",
        "BagNet-33 is better than ResNet-50.",
        truth(
            Verdict.CONTRADICTED,
            "The far classes differ only beyond 33 pixels: a linear bag reaches an accuracy of %s, a network that sees the whole image nearly 100 %%."
                .formatted(limit(33))));
  }

  private Claim attentionIsBest() {
    Gathered gathered = new Gathered(Needed.ALL);
    for (Published.Row row : published.table1()) {
      if (!row.architecture().equals(CBAM)) {
        gathered.add(CBAM, row.architecture(), Measure.TEST);
      }
    }
    return gathered.judged(
        "cbam-resnet50-is-best",
        "CBAM-ResNet50 is the best of the seven networks.",
        truth(
            Verdict.UNDECIDED,
            "All networks that see the whole image can reach an accuracy of nearly 100 %, so none of them is best at the limit."));
  }

  private Claim scrambling() {
    Gathered gathered = new Gathered(Needed.FIRST_THEN_OTHERS);
    gathered.addSmallLoss(LARGEST_BAGNET);
    for (Published.Row row : published.table1()) {
      if (!BAGNETS.contains(row.architecture())) {
        gathered.add(row.architecture(), LARGEST_BAGNET, Measure.SCRAMBLING_LOSS);
      }
    }
    return gathered.judged(
        "bagnet33-survives-scrambling",
        "Scrambling 4 × 4 tiles hardly affects BagNet-33 (it loses less than %d points), and the other networks lose more."
            .formatted(Math.round(100 * SMALL_LOSS)),
        Optional.empty());
  }

  private Claim placeOfEvidence() {
    Gathered gathered = new Gathered(Needed.ALL);
    gathered.plan(
        "maps of different receptive fields correlate less than expected if they showed the same evidence",
        BAGNETS.stream().map(this::evidenceOf).toList(),
        SeedMean::fewestSeedsOfOne,
        evidence.agreementLostBetweenFields(BAGNETS),
        EvidenceSentence::of);
    return gathered.judged(
        "receptive-field-moves-evidence",
        "The receptive field changes where in an image a BagNet sees evidence.",
        Optional.empty());
  }

  private Claim heightOfEvidence() {
    Gathered gathered = new Gathered(Needed.ALL);
    for (int i = 1; i < BAGNETS.size(); i++) {
      String larger = BAGNETS.get(i);
      String smaller = BAGNETS.get(i - 1);
      gathered.plan(
          "%s above %s in the share of positive evidence in the upper half of images"
              .formatted(networks.label(larger), networks.label(smaller)),
          List.of(evidenceOf(larger), evidenceOf(smaller)),
          SeedMean::fewestSeedsOfTwo,
          evidence.lead(larger, smaller),
          (difference, interval) ->
              EvidenceSentence.ofHeight(
                  networks.label(larger), networks.label(smaller), difference, interval));
    }
    return gathered.judged(
        "evidence-rises-with-receptive-field",
        "Evidence in the sky grows with the receptive field: the share of positive evidence in the upper half of images is larger for BagNet-17 than for BagNet-9, and for BagNet-33 than for BagNet-17.",
        Optional.empty());
  }

  private Claim localFeaturesAlone() {
    Gathered gathered = new Gathered(Needed.ALL);
    BAGNETS.forEach(gathered::addSmallLossAlone);
    return gathered.judged(
        "bagnets-need-local-features-alone",
        "Local features alone are enough: if each patch of a BagNet is trained by itself to name the image's class, instead of all together, the network loses less than %d points."
            .formatted(Math.round(100 * SMALL_LOSS_ALONE)),
        truth(
            Verdict.SUPPORTED,
            "On images of 64 pixels, linear bags reach %s, %s and %s if patches are trained by themselves, and %s, %s and %s together."
                .formatted(alone(9), alone(17), alone(33), limit(9), limit(17), limit(33))));
  }

  private Measurements evidenceOf(String name) {
    return new Measurements(
        "evidence of " + networks.label(name),
        evidence.seeds(name),
        evidence.runs(name),
        trainings
            .network(name)
            .map(
                network ->
                    new MissingSeeds.Compared(
                        network,
                        evidence.networks().getOrDefault(name, new TreeMap<>()).keySet(),
                        List.of(MissingJob.request(EvidenceExperiment.NAME)))));
  }

  /** The trainings of a network with an objective. */
  private Optional<SettingTrainings.Network> trained(
      String name, ObjectiveName objective, Optional<Study> with) {
    return with.isPresent()
        ? with.get().trainings().network(name)
        : trainings
            .network(name)
            .map(
                network ->
                    network
                        .with(ObjectiveParameters.OBJECTIVE, objective)
                        .without(ObjectiveParameters.LOCAL_WEIGHT));
  }

  private Claim cause() {
    Gathered gathered = new Gathered(Needed.ANY);
    for (ControlledChange change : ControlledVariants.chain()) {
      gathered.add(change.after(), change.before(), Measure.TEST);
    }
    return gathered.judged(
        "one-step-improves",
        "Some step of the chain from ResNet-50 to BagNet-33 (stride, max pooling, stem, kernels, padding) is better than the network before it. The report leaves open which.",
        Optional.empty());
  }

  private Optional<Claim.Truth> truth(Verdict verdict, String reason) {
    return study.setting().settings().dataset().equals(Controlled15.NAME)
        ? Optional.of(new Claim.Truth(verdict, reason))
        : Optional.empty();
  }

  private static String limit(int field) {
    return accuracy(Controlled15.linearBagLimit(field));
  }

  private static String alone(int field) {
    return accuracy(Controlled15.trainedAlone(field));
  }

  private static String accuracy(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  /**
   * The measurements of a network that a prediction uses.
   *
   * @param what describes the measurements in words
   * @param compared what further seeds of the network need; empty if it cannot be known
   */
  private record Measurements(
      String what, int seeds, List<Long> runs, Optional<MissingSeeds.Compared> compared) {}

  /**
   * A prediction of a claim, possibly not measured yet.
   *
   * @param statement the prediction in words
   * @param measurements the measurements that it needs
   * @param fewestSeeds returns the number of seeds that it needs at a significance level
   * @param difference the measured difference; empty if not measured
   * @param sentence describes the difference and its interval
   */
  private record Planned(
      String statement,
      List<Measurements> measurements,
      DoubleToIntFunction fewestSeeds,
      Optional<PairedDifference> difference,
      BiFunction<PairedDifference, Optional<Interval>, String> sentence) {

    Optional<ClaimPrediction> tested(ClaimPrediction.Correction correction) {
      return difference.map(found -> ClaimPrediction.of(statement, found, correction, sentence));
    }

    /** What must still be measured to reach this number of seeds. */
    List<String> missing(int seeds) {
      List<String> few =
          measurements.stream()
              .filter(each -> each.seeds() < seeds)
              .map(each -> "%s with %d seeds in all".formatted(each.what(), seeds))
              .toList();
      int common = difference.map(found -> found.bySeed().size()).orElse(0);
      return few.isEmpty() && common < seeds && measurements.size() > 1
          ? List.of(
              "%s with the same %d seeds"
                  .formatted(
                      measurements.stream()
                          .map(Measurements::what)
                          .collect(Collectors.joining(" and ")),
                      seeds))
          : few;
    }
  }

  /** The predictions of one claim. */
  private final class Gathered {
    private final Needed needed;
    private final List<Planned> planned = new ArrayList<>();

    Gathered(Needed needed) {
      this.needed = needed;
    }

    /** Adds the prediction that a measure is larger for the first network than for the second. */
    void add(String first, String second, Measure measure) {
      Optional<StudiedNetwork> more = study.find(first);
      Optional<StudiedNetwork> less = study.find(second);
      plan(
          "%s above %s in %s"
              .formatted(networks.label(first), networks.label(second), measure.words()),
          List.of(
              measurements(networks.label(first), more, trainings.network(first)),
              measurements(networks.label(second), less, trainings.network(second))),
          SeedMean::fewestSeedsOfTwo,
          more.flatMap(one -> less.flatMap(other -> one.difference(other, measure))),
          (difference, interval) ->
              DifferenceSentence.of(
                  networks.label(first), networks.label(second), difference, interval, measure));
    }

    /** Adds the prediction that a network loses little accuracy when its images are scrambled. */
    void addSmallLoss(String name) {
      Optional<StudiedNetwork> network = study.find(name);
      List<Map<String, Double>> margins =
          network.stream()
              .flatMap(some -> some.bySeed().values().stream())
              .map(Measure.SCRAMBLING_LOSS::of)
              .filter(loss -> !loss.isEmpty())
              .map(ReportClaims::margin)
              .toList();
      plan(
          "%s loses less than %d points"
              .formatted(networks.label(name), Math.round(100 * SMALL_LOSS)),
          List.of(measurements(networks.label(name), network, trainings.network(name))),
          SeedMean::fewestSeedsOfOne,
          margins.isEmpty() ? Optional.empty() : Optional.of(PairedDifference.ofOne(margins)),
          (margin, interval) ->
              loss("Scrambling costs " + networks.label(name), SMALL_LOSS, margin, interval));
    }

    /** Adds the prediction that a network loses little if its patches are trained by themselves. */
    void addSmallLossAlone(String name) {
      Optional<StudiedNetwork> together = objectives.global().flatMap(all -> all.find(name));
      Optional<StudiedNetwork> alone = objectives.local().flatMap(all -> all.find(name));
      String label = networks.label(name);
      plan(
          "%s loses less than %d points if its patches are trained by themselves"
              .formatted(label, Math.round(100 * SMALL_LOSS_ALONE)),
          List.of(
              measurements(
                  label + " with the local objective",
                  alone,
                  trained(name, ObjectiveName.LOCAL, objectives.local())),
              measurements(
                  label + " with the global objective",
                  together,
                  trained(name, ObjectiveName.GLOBAL, objectives.global()))),
          SeedMean::fewestSeedsOfTwo,
          alone.flatMap(
              one -> together.flatMap(other -> one.margin(other, Measure.TEST, SMALL_LOSS_ALONE))),
          (margin, interval) ->
              loss(
                  "Training its patches by themselves costs " + label,
                  SMALL_LOSS_ALONE,
                  margin,
                  interval));
    }

    void plan(
        String statement,
        List<Measurements> measurements,
        DoubleToIntFunction fewestSeeds,
        Optional<PairedDifference> difference,
        BiFunction<PairedDifference, Optional<Interval>, String> sentence) {
      planned.add(new Planned(statement, measurements, fewestSeeds, difference, sentence));
    }

    private Measurements measurements(
        String what, Optional<StudiedNetwork> network, Optional<SettingTrainings.Network> trained) {
      List<Long> runs =
          network.stream()
              .flatMap(some -> some.bySeed().values().stream())
              .map(Outcomes::run)
              .toList();
      return new Measurements(
          what, runs.size(), runs, trained.map(MissingSeeds.Compared::ofTrainings));
    }

    Claim judged(String id, String claim, Optional<Claim.Truth> truth) {
      List<Optional<ClaimPrediction>> predictions = new ArrayList<>();
      int seeds = 0;
      for (Planned each : planned) {
        ClaimPrediction.Correction correction =
            needed.correction(predictions.size(), planned.size());
        predictions.add(each.tested(correction));
        seeds = Math.max(seeds, each.fewestSeeds().applyAsInt(correction.supportLevel()));
      }
      int wanted = seeds;
      return Claim.judged(
          id,
          claim,
          needed,
          predictions,
          new Claim.Lacking(
              planned.stream().flatMap(each -> each.missing(wanted).stream()).distinct().toList(),
              wanted,
              deciding -> MissingSeeds.of(compared(), deciding)),
          planned.stream()
              .flatMap(each -> each.measurements().stream())
              .flatMap(each -> each.runs().stream())
              .toList(),
          truth);
    }

    private List<MissingSeeds.Compared> compared() {
      return planned.stream()
          .flatMap(each -> each.measurements().stream())
          .flatMap(each -> each.compared().stream())
          .distinct()
          .toList();
    }
  }

  /**
   * States a loss, computed from its margin below the largest small loss.
   *
   * @param costs what costs which network
   */
  static String loss(
      String costs, double small, PairedDifference margin, Optional<Interval> interval) {
    if (margin.bySeed().size() == 1) {
      return "%s %s points, n = 1 seed, %s."
          .formatted(
              costs, lost(small, margin.difference()), DifferenceSentence.images(margin.images()));
    }
    return "%s %s points%s."
        .formatted(
            costs,
            lost(small, margin.difference()),
            DifferenceSentence.overSeeds(
                margin.bySeed(),
                interval.map(ends -> lost(small, ends)),
                ofSeed -> lost(small, ofSeed),
                margin.images()));
  }

  /** With few seeds, an interval may have one end only. */
  private static String lost(double small, Interval margin) {
    if (Double.isInfinite(margin.high())) {
      return "at most " + lost(small, margin.low());
    }
    return Double.isInfinite(margin.low())
        ? "at least " + lost(small, margin.high())
        : "%s to %s".formatted(lost(small, margin.high()), lost(small, margin.low()));
  }

  private static String lost(double small, double margin) {
    return String.format(Locale.ROOT, "%.1f", 100 * (small - margin));
  }

  private static Map<String, Double> margin(Map<String, Double> loss) {
    Map<String, Double> margin = new LinkedHashMap<>();
    loss.forEach((image, value) -> margin.put(image, SMALL_LOSS - value));
    return margin;
  }
}
