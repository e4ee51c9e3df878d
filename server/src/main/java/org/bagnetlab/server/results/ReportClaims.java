package org.bagnetlab.server.results;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.server.statistics.PairedDifference;
import org.bagnetlab.vision.architecture.ControlledChange;
import org.bagnetlab.vision.architecture.ControlledVariants;
import org.bagnetlab.vision.dataset.Controlled15;

/**
 * What the report claims, as tests. Each claim predicts that some differences between networks are
 * above zero, on the same images, over at least three seeds.
 */
final class ReportClaims {

  private static final String RESNET = "resnet50";
  private static final String CBAM = "cbam_resnet50";
  private static final String LARGEST_BAGNET = "bagnet33";

  /** The report's, in the order of their fields. */
  static final List<String> BAGNETS = List.of("bagnet9", "bagnet17", LARGEST_BAGNET);

  /** What counts as nearly insensitive: half of what the least sensitive other network lost. */
  private static final double SMALL_LOSS = 0.10;

  private final Study study;
  private final Evidence evidence;
  private final Published published;
  private final Networks networks;

  private ReportClaims(Study study, Evidence evidence, Published published, Networks networks) {
    this.study = study;
    this.evidence = evidence;
    this.published = published;
    this.networks = networks;
  }

  /** All claims, judged. */
  static List<Claim> of(Study study, Evidence evidence, Published published, Networks networks) {
    ReportClaims claims = new ReportClaims(study, evidence, published, networks);
    return List.of(
        claims.field(),
        claims.bagNetBeatsResNet(),
        claims.attentionIsBest(),
        claims.scrambling(),
        claims.placeOfEvidence(),
        claims.cause());
  }

  private Claim field() {
    Gathered gathered = new Gathered();
    gathered.add("bagnet17", "bagnet9", Measure.TEST);
    gathered.add(LARGEST_BAGNET, "bagnet17", Measure.TEST);
    return gathered.judged(
        "accuracy-grows-with-receptive-field",
        "Accuracy grows with the receptive field: BagNet-9 < BagNet-17 < BagNet-33.",
        Claim.Needed.ALL,
        truth(
            Verdict.SUPPORTED,
            "A linear bag under cross-entropy reaches %s, %s and %s on this data set."
                .formatted(limit(9), limit(17), limit(33))));
  }

  private Claim bagNetBeatsResNet() {
    Gathered gathered = new Gathered();
    gathered.add(LARGEST_BAGNET, RESNET, Measure.TEST);
    return gathered.judged(
        "bagnet33-beats-resnet50",
        "BagNet-33 is better than ResNet-50.",
        Claim.Needed.ALL,
        truth(
            Verdict.CONTRADICTED,
            "The far classes differ only beyond 33 pixels: a linear bag reaches an accuracy of %s, a network that sees the whole image nearly 1."
                .formatted(limit(33))));
  }

  private Claim attentionIsBest() {
    Gathered gathered = new Gathered();
    for (Published.Row row : published.table1()) {
      if (!row.architecture().equals(CBAM)) {
        gathered.add(CBAM, row.architecture(), Measure.TEST);
      }
    }
    return gathered.judged(
        "cbam-resnet50-is-best",
        "CBAM-ResNet50 is the best of the seven networks.",
        Claim.Needed.ALL,
        truth(
            Verdict.UNDECIDED,
            "All networks that see the whole image can reach an accuracy of nearly 1, so none of them is best at the limit."));
  }

  private Claim scrambling() {
    Gathered gathered = new Gathered();
    gathered.addSmallLoss(LARGEST_BAGNET);
    for (Published.Row row : published.table1()) {
      if (!BAGNETS.contains(row.architecture())) {
        gathered.add(row.architecture(), LARGEST_BAGNET, Measure.SCRAMBLING_LOSS);
      }
    }
    return gathered.judged(
        "bagnet33-survives-scrambling",
        "Scrambling 4 x 4 tiles hardly affects BagNet-33 (it loses less than %d points), and the other networks lose more."
            .formatted(Math.round(100 * SMALL_LOSS)),
        Claim.Needed.ALL,
        Optional.empty());
  }

  private Claim placeOfEvidence() {
    Gathered gathered = new Gathered();
    Optional<PairedDifference> found = evidence.agreementLostBetweenFields(BAGNETS);
    found.ifPresent(
        difference ->
            gathered.add(
                "maps of different receptive fields correlate less than expected if they showed the same evidence",
                difference,
                EvidenceSentence.of(difference)));
    for (String name : BAGNETS) {
      if (evidence.seeds(name) < Prediction.SEEDS) {
        gathered.missing.add(
            "evidence of %s with %d seeds".formatted(networks.label(name), Prediction.SEEDS));
      }
      gathered.runs.addAll(evidence.runs(name));
    }
    return gathered.judged(
        "receptive-field-moves-evidence",
        "The receptive field changes where in an image a BagNet sees evidence.",
        Claim.Needed.ALL,
        Optional.empty());
  }

  private Claim cause() {
    Gathered gathered = new Gathered();
    for (ControlledChange change : ControlledVariants.chain()) {
      gathered.add(change.after(), change.before(), Measure.TEST);
    }
    return gathered.judged(
        "one-step-improves",
        "Some step of the chain from ResNet-50 to BagNet-33 (stride, max pooling, stem, kernels, padding) is better than the network before it. The report leaves open which.",
        Claim.Needed.ANY,
        Optional.empty());
  }

  private Optional<Claim.Truth> truth(Verdict verdict, String reason) {
    return study.setting().settings().dataset().equals(Controlled15.NAME)
        ? Optional.of(new Claim.Truth(verdict, reason))
        : Optional.empty();
  }

  private static String limit(int field) {
    return String.format(Locale.ROOT, "%.3f", Controlled15.linearBagLimit(field));
  }

  /** The predictions of one claim, and what is missing for them. */
  private final class Gathered {
    private final List<Prediction> predictions = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();
    private final List<Long> runs = new ArrayList<>();

    /** The first network has more of a measure than the second. */
    void add(String first, String second, Measure measure) {
      Optional<StudiedNetwork> more = study.find(first);
      Optional<StudiedNetwork> less = study.find(second);
      require(first, more);
      require(second, less);
      if (more.isPresent() && less.isPresent()) {
        int common = more.get().pairs(less.get(), measure).size();
        if (common < Prediction.SEEDS && enough(more) && enough(less)) {
          missing.add(
              "%s and %s with the same %d seeds"
                  .formatted(networks.label(first), networks.label(second), Prediction.SEEDS));
        }
        more.get()
            .difference(less.get(), measure)
            .ifPresent(
                difference ->
                    add(
                        "%s above %s in %s"
                            .formatted(
                                networks.label(first), networks.label(second), measure.text()),
                        difference,
                        DifferenceSentence.of(
                            networks.label(first), networks.label(second), difference, measure)));
      }
    }

    /** A network loses little when its images are scrambled. */
    void addSmallLoss(String name) {
      Optional<StudiedNetwork> network = study.find(name);
      require(name, network);
      List<Map<String, Double>> margins =
          network.stream()
              .flatMap(some -> some.bySeed().values().stream())
              .map(Measure.SCRAMBLING_LOSS::of)
              .filter(loss -> !loss.isEmpty())
              .map(ReportClaims::margin)
              .toList();
      if (!margins.isEmpty()) {
        PairedDifference margin = PairedDifference.of(margins);
        add(
            "%s loses less than %d points"
                .formatted(networks.label(name), Math.round(100 * SMALL_LOSS)),
            margin,
            String.format(
                Locale.ROOT,
                "Scrambling costs %s %.1f points%s, n = %d %s, %d images.",
                networks.label(name),
                100 * (SMALL_LOSS - margin.difference()),
                margin.high().isEmpty() ? "" : interval(margin),
                margin.bySeed().size(),
                margin.bySeed().size() == 1 ? "seed" : "seeds",
                margin.images()));
      }
    }

    private static String interval(PairedDifference margin) {
      return String.format(
          Locale.ROOT,
          ", 95 %% %.1f to %.1f",
          100 * (SMALL_LOSS - margin.high().orElseThrow()),
          100 * (SMALL_LOSS - margin.low().orElseThrow()));
    }

    void add(String statement, PairedDifference difference, String sentence) {
      predictions.add(Prediction.of(statement, difference, sentence));
    }

    private boolean enough(Optional<StudiedNetwork> network) {
      return network.filter(some -> some.bySeed().size() >= Prediction.SEEDS).isPresent();
    }

    private void require(String name, Optional<StudiedNetwork> network) {
      int seeds = network.map(some -> some.bySeed().size()).orElse(0);
      String wanted = "%s with %d seeds".formatted(networks.label(name), Prediction.SEEDS);
      if (seeds < Prediction.SEEDS && !missing.contains(wanted)) {
        missing.add(wanted);
      }
      network.ifPresent(
          some -> some.bySeed().values().forEach(outcomes -> runs.add(outcomes.run())));
    }

    Claim judged(String id, String claim, Claim.Needed needed, Optional<Claim.Truth> truth) {
      return Claim.judged(id, claim, needed, predictions, missing, runs, truth);
    }
  }

  private static Map<String, Double> margin(Map<String, Double> loss) {
    Map<String, Double> margin = new LinkedHashMap<>();
    loss.forEach((image, value) -> margin.put(image, SMALL_LOSS - value));
    return margin;
  }
}
