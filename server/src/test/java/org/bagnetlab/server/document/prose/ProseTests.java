package org.bagnetlab.server.document.prose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sentences say what the exported tables say. */
@Timeout(60)
class ProseTests {

  private static final Path DOCS = Path.of("..", "docs");

  /** Tables of the results that earlier sentences were about. */
  private static final Tables EARLIER = Tables.in(Path.of("src/test/resources/prose"));

  private static List<String> problems(String prose, String... sources) {
    return Prose.problems(
        prose + "\n<!-- numbers\n" + String.join("\n", sources) + "\n-->\n", EARLIER, true);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "README.md",
        "analyses.md",
        "recipe.md",
        "search.md",
        "local-features.md",
        "bf16.md"
      })
  void everyNumberOfTheResultsIsThatOfItsTable(String file) throws Exception {
    Path results = DOCS.resolve("results");
    assertThat(Prose.problems(Files.readString(results.resolve(file)), Tables.in(results), true))
        .isEmpty();
  }

  @Test
  void theRecordOfTheTestsHasTheNumbersOfTheirSimulation() throws Exception {
    Path decisions = DOCS.resolve("decisions");
    String record = Files.readString(decisions.resolve("0018-paired-differences.md"));
    assertThat(record).contains("<!-- numbers");
    assertThat(Prose.problems(record, Tables.in(decisions), false)).isEmpty();
  }

  @Test
  void aNumberIsRightToItsLastDigit() {
    assertThat(
            problems(
                "BagNet-33 reaches .463 on scene15, BagNet-9, -17 and -33 see 9 to 33 px: 95 % of 4 x 4 tiles.",
                "in scrambling.csv",
                ".463 = [architecture=bagnet33 test]",
                "9 = given: the smallest field"))
        .isEmpty();
    assertThat(
            problems(
                "It reaches .464.", "in scrambling.csv", ".464 = [architecture=bagnet33 test]"))
        .singleElement()
        .asString()
        .contains("It reaches .464", "0.46277");
    assertThat(
            problems(
                "It costs -30 points.",
                "-30 = 100 * ([scrambling.csv scrambled] - [scrambling.csv test])"))
        .isEmpty();
  }

  @Test
  void everyNumberNeedsASourceInItsPlace() {
    assertThat(Prose.problems("It reaches .463.\n\nAnd nothing else.", EARLIER, true))
        .singleElement()
        .asString()
        .contains("no sources of [.463]");
    assertThat(problems("From .1 to .2.", ".2 = given: this", ".1 = given: that"))
        .singleElement()
        .asString()
        .contains("[.1, .2]");
    assertThat(problems("Of 1,200 images .5.", "1,200 = given: the split")).isNotEmpty();
    assertThat(problems("It reaches .5.", ".5 = [scrambling.csv architecture=vgg test]"))
        .singleElement()
        .asString()
        .contains("no such row");
    assertThat(problems("It reaches .5.", ".5 = [scrambling.csv accuracy]"))
        .singleElement()
        .asString()
        .contains("no such column");
  }

  @Test
  void aWordIsSaidWholeAndNotDenied() {
    String source = "bagnet9 = [own-class-share.csv architecture]";
    assertThat(problems("It is bagnet9.", source)).isEmpty();
    assertThat(problems("It is bagnet90.", source)).isNotEmpty();
    assertThat(problems("It is not bagnet9.", source)).isNotEmpty();
    assertThat(problems("It is another.", source)).isNotEmpty();
  }

  @Test
  void expressionsAreArithmetic() {
    assertThat(Expression.number(EARLIER, "2 * (3 + 4) - 10 / 4")).isEqualTo(11.5);
    assertThat(Expression.number(EARLIER, "-1 - -3")).isEqualTo(2);
    assertThat(Expression.number(EARLIER, "max([comparison.csv architecture=resnet50 testValues])"))
        .isCloseTo(.9042, within(1e-4));
    assertThat(
            Expression.number(EARLIER, "[comparison.csv architecture=resnet50 testValues]#2 * 100"))
        .isCloseTo(78.17, within(.01));
    assertThat(Expression.list(EARLIER, "[comparison.csv test] - .1")).hasSize(3);
  }

  /** A lattice would be near one of two accuracies: .904, .782 and .787 are not. */
  @Test
  void accuraciesThatAreNotWhereTheySaidIsFound() {
    assertThat(
            problems(
                "ResNet-50 ends near .72 or near .93.",
                ".72 = given: where networks end that do not find the far classes",
                ".93 = given: where they end that do",
                "true: ([comparison.csv architecture=resnet50 testValues] - .72)"
                    + " * ([comparison.csv architecture=resnet50 testValues] - .93) > -.005"))
        .singleElement()
        .asString()
        .contains("does not hold");
  }

  @Test
  void aConfidenceAboveTheAccuracyIsFound() {
    assertThat(
            problems(
                "BagNet-9 is not overconfident: its mean confidence is .458.",
                ".458 = [scores.csv architecture=bagnet9 output=mean-confidence value]",
                "true: [scores.csv architecture=bagnet9 value] <= [comparison.csv architecture=bagnet9 test]"))
        .singleElement()
        .asString()
        .contains("does not hold");
  }

  /** True of deletion, where a small area is good, but of insertion in no seed. */
  @Test
  void aMapThatIsBetterThanARandomOneIsFound() {
    String sentence = "Grad-CAM is no better than a random order in ResNet-50.";
    assertThat(
            problems(
                sentence,
                "true: [deletion-area.csv architecture=resnet50 saliency=grad-cam value]"
                    + " >= [deletion-area.csv architecture=resnet50 saliency=random value]"))
        .isEmpty();
    assertThat(
            problems(
                sentence,
                "true: [insertion-area.csv architecture=resnet50 saliency=grad-cam value]"
                    + " <= [insertion-area.csv architecture=resnet50 saliency=random value]"))
        .isNotEmpty();
  }

  @Test
  void aSimilarityThatDoesNotStayAtZeroIsFound() {
    assertThat(
            problems(
                "The similarity of BagNet-33 stays at zero as more stages are randomised.",
                "true: [heatmap-similarity.csv randomisedStages=1 valueLow] <= 0",
                "true: [heatmap-similarity.csv randomisedStages=4 valueLow] <= 0"))
        .singleElement()
        .asString()
        .contains("randomisedStages=4");
  }

  @Test
  void aClassThatIsMissingIsFound() {
    String names =
        "`near-black-red`, `near-cyan-black`, `near-cyan-red`, `near-red-black` and `near-red-cyan`";
    assertThat(
            problems(
                "No patch is from an image of " + names + ".",
                "names: [own-class-share-by-class.csv value=0.0 class]"))
        .singleElement()
        .asString()
        .contains("only-black");
  }

  /** The lattice decides, where the sentence had the marks of classes that are alone with them. */
  @Test
  void aReasonThatDecidesLittleIsFound() {
    assertThat(
            problems(
                "BagNet-9 decides by the few marks that a class has to itself.",
                "true: [cue-decisions.csv cue=texture value] > [cue-decisions.csv cue=shape value]"))
        .singleElement()
        .asString()
        .contains("does not hold");
  }

  @Test
  void wrongRoundingAndTwoDefinitionsAreFound() {
    assertThat(
            problems(
                "ResNet-50 keeps 56 %.",
                "56 = 100 * [scrambling-curves.csv architecture=resnet50 grid=2 accuracy]"
                    + " / [scrambling-curves.csv architecture=resnet50 grid=2 whole]"))
        .isNotEmpty();
    assertThat(
            problems(
                "BagNet-9 has .11 (.06 to .15).",
                "in own-class-share.csv",
                ".11 = [value]",
                ".06 = [valueLow]",
                ".15 = [valueHigh]"))
        .singleElement()
        .asString()
        .contains(".06 is 0.065");
    assertThat(
            problems(
                "Scrambling costs 29.2 points: from .463 to .163.",
                "in scrambling.csv",
                "29.2 = 100 * ([test] - [scrambled])",
                ".463 = [test]",
                ".163 = [scrambled]"))
        .singleElement()
        .asString()
        .contains("29.2 is 29.9");
  }

  /** With half as many images it is better on average, but not for sure. */
  @Test
  void aComparisonThatIsNotClearIsFound() {
    assertThat(
            problems(
                "BagNet-33 needs half as many images as ResNet-50.",
                "in learning-curves.csv",
                "true: [architecture=bagnet33 trainImages=40 testLow]"
                    + " > [architecture=resnet50 trainImages=all test]"))
        .singleElement()
        .asString()
        .contains("does not hold");
  }

  @Test
  void anIntervalThatIsWiderThanAPointIsFound() {
    assertThat(
            problems(
                "BagNet-9 comes within a point of ResNet-50.",
                "in differences.csv",
                "true: [second=bagnet9 differenceLow] > -.01",
                "true: [second=bagnet9 differenceHigh] < .01"))
        .hasSize(2);
  }
}
