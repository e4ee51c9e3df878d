package org.bagnetlab.queue.sweep;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.bagnetlab.experiment.request.Excerpt;
import org.bagnetlab.experiment.request.InvalidSpec;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.queue.spec.JobRequest;
import org.bagnetlab.queue.spec.JobSpecReader;
import org.bagnetlab.queue.spec.SmallCatalogue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class SweepReaderTests {

  private static SweepPlan read(String json) throws JsonProcessingException {
    return new SweepReader(new JobSpecReader(new SmallCatalogue()))
        .read(Json.MAPPER.readTree(json.replace('\'', '"')));
  }

  private static List<TrainSpec> trainings(SweepPlan plan) {
    return plan.jobs().stream().map(JobRequest::spec).map(TrainSpec.class::cast).toList();
  }

  private static void assertRefused(String json, String field, String why) {
    assertThatExceptionOfType(InvalidSpec.class)
        .isThrownBy(() -> read(json))
        .withMessageContaining(why)
        .extracting(InvalidSpec::field)
        .isEqualTo(field);
  }

  @Test
  void aGridIsMultipliedOut() throws Exception {
    SweepPlan plan =
        read(
            """
            {'name': 'ladder', 'priority': 5, 'base': {'dataset': 'scene15', 'epochs': 4},
             'grid': {'architecture': ['resnet50', 'bagnet33'], 'seed': [1, 2, 3]}}
            """);
    assertThat(trainings(plan))
        .extracting(
            train ->
                train.architecture() + " " + train.seed() + " " + train.get(TrainExperiment.EPOCHS))
        .containsExactly(
            "resnet50 1 4",
            "resnet50 2 4",
            "resnet50 3 4",
            "bagnet33 1 4",
            "bagnet33 2 4",
            "bagnet33 3 4");
    assertThat(plan.jobs())
        .allMatch(job -> job.sweep().orElseThrow().equals("ladder") && job.priority() == 5);
    assertThat(plan.stopAfterFailures()).isEqualTo(3);
    assertThat(plan.halving()).isEmpty();
  }

  @Test
  void casesKeepSettingsTogether() throws Exception {
    assertThat(
            trainings(
                read(
                    """
                    {'name': 'rates', 'base': {'dataset': 'scene15', 'learningRate': 0.5},
                     'cases': [{'architecture': 'resnet50', 'learningRate': 0.002},
                               {'architecture': 'bagnet33'}],
                     'grid': {'seed': [1, 2]}}
                    """)))
        .extracting(
            train ->
                "%s %d %s"
                    .formatted(
                        train.architecture(),
                        train.seed(),
                        train.get(TrainExperiment.LEARNING_RATE)))
        .containsExactly(
            "resnet50 1 0.002", "bagnet33 1 0.5", "resnet50 2 0.002", "bagnet33 2 0.5");
    String cases = "{'name': 'rates', 'base': {'dataset': 'scene15'}, 'cases': %s}";
    assertRefused(cases.formatted("[]"), "cases", "cases must be a list of mappings");
    assertRefused(cases.formatted("{'architecture': 'resnet50'}"), "cases", "one is the text");
    assertRefused(cases.formatted("[{'seed': [1, 2]}]"), "cases.seed", "must be a single value");
    assertRefused(
        cases.formatted("[{'architecture': 'resnet50', 'epochs': 0}]"),
        "cases.epochs",
        "In cases: epochs");
  }

  @Test
  void randomTrialsAreDrawnFromTheirRangesAndTheSameAgain() throws Exception {
    String json =
        """
        {'name': 'search', 'base': {'architecture': 'bagnet33', 'dataset': 'scene15'},
         'random': {'trials': 50, 'seed': 7, 'batchSize': [8, 16],
                    'learningRate': {'from': 1e-4, 'to': 1e-2, 'scale': 'log'},
                    'epochs': {'from': 2, 'to': 5}}}
        """;
    List<TrainSpec> trials = trainings(read(json));
    assertThat(trials).hasSize(50).isEqualTo(trainings(read(json)));
    assertThat(trials).allMatch(trial -> trial.get(TrainExperiment.LEARNING_RATE) >= 1e-4);
    assertThat(trials).allMatch(trial -> trial.get(TrainExperiment.LEARNING_RATE) <= 1e-2);
    assertThat(trials)
        .extracting(training -> training.get(TrainExperiment.EPOCHS))
        .containsOnly(2, 3, 4, 5);
    assertThat(trials)
        .extracting(training -> training.get(TrainExperiment.BATCH_SIZE))
        .containsOnly(8, 16);
    // Evenly by the logarithm: half of them below the geometric mean.
    assertThat(
            trials.stream()
                .filter(trial -> trial.get(TrainExperiment.LEARNING_RATE) < 1e-3)
                .count())
        .isBetween(15L, 35L);
  }

  @Test
  void eachPointOfAGridGetsTheSameRandomTrials() throws Exception {
    List<TrainSpec> trials =
        trainings(
            read(
                """
                {'name': 'both', 'base': {'dataset': 'scene15'},
                 'grid': {'architecture': ['resnet50', 'bagnet33']},
                 'random': {'trials': 3, 'learningRate': {'from': 0.001, 'to': 0.002}}}
                """));
    assertThat(trials).hasSize(6);
    assertThat(trials.get(0).get(TrainExperiment.LEARNING_RATE))
        .isEqualTo(trials.get(1).get(TrainExperiment.LEARNING_RATE));
    assertThat(trials.get(0).architecture()).isNotEqualTo(trials.get(1).architecture());
  }

  @Test
  void equalConfigurationsAreOne() throws Exception {
    assertThat(
            read("""
                    {'name': 'same', 'base': {'architecture': 'bagnet33', 'dataset': 'scene15'},
                     'grid': {'seed': [1, 1, 2]}}
                    """)
                .jobs())
        .hasSize(2);
  }

  /** The last point of a learning curve is the training that other sweeps have, too. */
  @Test
  void aGridOfTrainingImagesCanHaveAll() throws Exception {
    SweepPlan plan =
        read(
            """
            {'name': 'curve', 'base': {'architecture': 'bagnet33', 'dataset': 'scene15'},
             'grid': {'trainImages': [10, 'all']}}
            """);
    assertThat(trainings(plan))
        .extracting(training -> training.find(TrainExperiment.TRAIN_IMAGES))
        .containsExactly(Optional.of(10), Optional.empty());
    assertThat(plan.jobs().get(0).title())
        .contains("10 training images per class")
        .endsWith(", seed 1");
  }

  @Test
  void halvingGivesEachTrialItsFirstRung() throws Exception {
    SweepPlan plan =
        read(
            """
            {'name': 'asha', 'base': {'architecture': 'bagnet33', 'dataset': 'scene15'},
             'grid': {'epochs': [1, 9]}, 'halving': {'firstEpochs': 3}}
            """);
    assertThat(plan.halving()).contains(new Halving(3, 3));
    assertThat(plan.jobs())
        .extracting(JobRequest::lastEpoch)
        .extracting(Object::toString)
        .containsExactly("Optional.empty", "Optional[3]");
  }

  @Test
  void followersAreMultipliedOut() throws Exception {
    SweepPlan plan =
        read(
            """
            {'name': 'then', 'base': {'architecture': 'bagnet33', 'dataset': 'scene15'},
             'then': [{'kind': 'heatmap', 'stride': 8}, {'kind': 'evaluate', 'scrambleSeed': [2, 3]}]}
            """);
    assertThat(plan.jobs()).hasSize(1);
    assertThat(plan.followers())
        .extracting(each -> each.path("kind").asText())
        .containsExactly("heatmap", "evaluate", "evaluate");
  }

  @Test
  void whatIsWrongIsRefusedByItsField() {
    assertRefused("{'name': 'a b'}", "name", "letters");
    assertRefused("{'name': false}", "name", "must be a string, but is false: put it in quotes");
    assertRefused("{'name': ' '}", "name", "name is empty.");
    assertRefused("{'name': 'a', 'gird': {}}", "gird", "in a sweep. Did you mean grid?");
    assertRefused("{'name': 'a', 'sow': {}}", "sow", "Known: again, base, budget, cases");
    assertRefused("{'name': 'a', 'grid': {'seed': 1}}", "grid.seed", "list of values");
    assertRefused(
        "{'name': 'a', 'base': {'dataset': 'scene15'}, 'grid': {'architecture': ['vgg']}}",
        "grid.architecture",
        "In grid: There is no architecture 'vgg'.");
    assertRefused(
        "{'name': 'a', 'base': {'dataset': 'scene15'}}",
        "base.architecture",
        "In base: architecture is missing.");
    assertRefused(
        "{'name': 'a', 'base': {'architecture': 'bagnet33', 'dataset': 'scene15', 'width': '0.03'}}",
        "base.width",
        "In base: width must be from 0.01 to 4, but is the text \"0.03\".");
    assertRefused(
        """
        {'name': 'a', 'base': {'architecture': 'bagnet33', 'dataset': 'scene15'},
         'random': {'trials': 2, 'width': {'from': 3.5, 'to': 9.5}}}
        """,
        "random.width",
        "In random: width must be from 0.01 to 4");
    assertRefused(
        "{'name': 'a', 'halving': 3}", "halving", "must be a mapping of settings, but is 3");
    assertRefused(
        "{'name': 'a', 'halving': {'factor': 1}}",
        "halving.factor",
        "halving.factor must be a whole number from 2 to 100, but is 1.");
    assertRefused("{'name': 'a', 'random': {'seed': 1}}", "random.trials", "number of trials");
    assertRefused(
        "{'name': 'a', 'random': {'trials': 2, 'sampler': 'grid'}}",
        "random.sampler",
        "There is no random.sampler 'grid'. Known: random, tpe.");
    assertRefused(
        "{'name': 'a', 'random': {'trials': 2, 'sampler': 'tpe'}}",
        "random.sampler",
        "needs a setting with values to try");
    assertRefused(
        "{'name': 'a', 'random': {'trials': 2, 'startup': 5, 'epochs': [2, 3]}}",
        "random.startup",
        "Set sampler to tpe, or remove startup");
    assertRefused(
        "{'name': 'a', 'base': {'architecture': 'bagnet33', 'dataset': 'scene15'}, 'halving': {}, 'random': {'trials': 12, 'sampler': 'tpe', 'epochs': [2, 3]}}",
        "halving",
        "without a result to learn from");
    assertRefused(
        "{'name': 'a', 'base': {'architecture': 'bagnet33', 'dataset': 'scene15'}, 'medianStopping': {}}",
        "medianStopping",
        "add random, or remove it");
    assertRefused(
        "{'name': 'a', 'base': {'architecture': 'bagnet33', 'dataset': 'scene15'}, 'halving': {}, 'medianStopping': {}, 'random': {'trials': 2, 'epochs': [2, 3]}}",
        "medianStopping",
        "both stop trials");
    assertRefused(
        "{'name': 'a', 'base': {'architecture': 'bagnet33', 'dataset': 'scene15'}, 'medianStopping': {'afterEpochs': 0}}",
        "medianStopping.afterEpochs",
        "must be a whole number from 1 to 1,000, but is 0");
    assertRefused(
        "{'name': 'a', 'base': {'architecture': 'bagnet33', 'dataset': 'scene15'}, 'random': {'trials': 5, 'batchSize': {'from': 2, 'to': 9}}, 'medianStopping': {}}",
        "medianStopping.afterTrials",
        "there are only 5 trials to compare");
    assertRefused(
        "{'name': 'a', 'base': {'architecture': 'bagnet33', 'dataset': 'scene15', 'epochs': 5}, 'random': {'trials': 9, 'batchSize': {'from': 2, 'to': 9}}, 'medianStopping': {}}",
        "medianStopping.afterEpochs",
        "no trial has more epochs");
    assertRefused(
        "{'name': 'a', 'random': {'trials': 8, 'sampler': 'tpe', 'epochs': [2, 3]}}",
        "random.startup",
        "none of the 8 trials would follow results");
    assertRefused(
        "{'name': 'a', 'base': {'architecture': 'bagnet33', 'dataset': 'scene15'}, 'random': {'trials': 19, 'sampler': 'tpe', 'epochs': [2, 3]}, 'then': [{'kind': 'train', 'dataset': 'scene15'}]}",
        "random.epochs",
        "The jobs of then depend on epochs");
    assertRefused(
        "{'name': 'a', 'base': {'dataset': 'scene15'}, 'random': {'trials': 19, 'sampler': 'tpe', 'architecture': ['bagnet33', 'resnet50']}, 'then': [{'kind': 'evaluate'}]}",
        "random.architecture",
        "move it to the grid");
    assertRefused(
        "{'name': 'a', 'base': {'architecture': 'bagnet33', 'dataset': 'scene15'}, 'random': {'trials': 19, 'sampler': 'tpe', 'width': [0.25, 0.5]}, 'then': [{'kind': 'train', 'dataset': 'scene15'}]}",
        "random.width",
        "The jobs of then depend on width");
    assertRefused(
        "{'name': 'a', 'random': {'trials': 2, 'width': {'from': 2, 'to': 1}}}",
        "random.width",
        "random.width: from must be below to, but from is 2 and to is 1.");
    assertRefused(
        "{'name': 'a', 'random': {'trials': 2, 'width': {'from': 0, 'to': 1e-4, 'scale': 'log'}}}",
        "random.width",
        "random.width: a logarithmic scale must start above 0, but from is 0.");
    assertRefused(
        "{'name': 'a', 'random': {'trials': 2, 'width': {'from': 1, 'to': 2, 'scale': 'lgo'}}}",
        "random.width",
        "random.width has no scale 'lgo'. Known: linear, log.");
    assertRefused(
        "{'name': 'a', 'random': {'trials': 2, 'width': {'from': '0,2', 'to': 1}}}",
        "random.width",
        "a range with the numbers from and to, but is");
    assertRefused(
        "{'name': 'a', 'random': {'trials': 2, 'startups': 6}}",
        "random.startups",
        "Did you mean startup?");
    assertRefused(
        "{'name': 'a', 'base': {'architecture': 'bagnet33', 'dataset': 'scene15'}, 'then': [{'kind': 'dance'}]}",
        "then.kind",
        ", but one has kind \"dance\"");
    assertRefused(
        "{'name': 'a', 'base': {'architecture': 'bagnet33', 'dataset': 'scene15'}, 'then': [{'kind': 'train'}]}",
        "then.dataset",
        "In then: dataset is missing");
    assertRefused(
        "{'name': 'a', 'then': [{'kind': 'train', 'dataset': 'scene15', 'width': 1}]}",
        "then.width",
        "In then: width is that of the training that it follows.");
    assertRefused(
        "{'name': 'a', 'then': [{'kind': 'train', 'dataset': 'scene15', 'fromRun': 7}]}",
        "then.fromRun",
        "omit it, or set it to none");
    assertRefused(
        "{'name': 'a', 'base': {'architecture': 'resnet50', 'dataset': 'scene15'}, 'then': [{'kind': 'train', 'dataset': 'scene15', 'sparsity': 1}]}",
        "then.sparsity",
        "ResNet-50 does not sum local evidence");
    assertRefused(
        """
        {'name': 'a', 'base': {'architecture': 'bagnet33', 'dataset': 'scene15'},
         'grid': {'imageSize': [64, 48]}, 'then': [{'kind': 'train', 'dataset': 'controlled-15'}]}
        """,
        "then.imageSize",
        "imageSize must be");
    assertRefused(
        "{'name': 'a', 'then': [{'kind': 'heatmap', 'stride': 3}]}",
        "then.stride",
        "In then: stride must be 1, 2, 4 or 8, but is 3.");
    assertRefused("{'name': 'a', 'stopAfterFailures': -1}", "stopAfterFailures", "from 0");
    assertRefused("{'name': 'a', 'budget': 0}", "budget", "from 0.01");
    assertRefused(
        "{'name': 'a', 'budget': '10h'}", "budget", "device hours, a number without a unit");
    assertRefused("{'name': 'a', 'again': 'yes'}", "again", "true or false");
    assertRefused("{'name': 'a', 'base': {'priority': 1}}", "base.priority", "is set by the sweep");
    assertRefused("{'name': 'a', 'grid': {'sweep': ['b']}}", "grid.sweep", "is set by the sweep");
    assertRefused(
        "{'name': 'a', 'then': [{'kind': 'evaluate', 'run': 7}]}",
        "then.run",
        "is set by the sweep");
    assertRefused(
        "{'name': 'a', 'random': {'trials': 2, 'seed': 'x'}}", "random.seed", "whole number");
    assertRefused(
        "{'name': 'a', 'random': {'trials': 9000}, 'grid': {'seed': [1, 2]}}",
        "grid",
        "at most 10000 jobs, but this one would have 18000 or more");
  }

  private static SweepReader.Draft draft(String json) throws JsonProcessingException {
    return new SweepReader(new JobSpecReader(new SmallCatalogue()))
        .draft(Json.MAPPER.readTree(json.replace('\'', '"')));
  }

  /** One by one they would cost an attempt each. */
  @Test
  void aDraftHasEverythingThatIsWrong() throws Exception {
    assertThat(
            draft(
                    """
                    {'name': '', 'base': {'epochs': 1.5}, 'halving': {'factor': 1}, 'priority': 'x',
                     'grid': {'imageSize': [64, 66], 'seed': ['1-0', 2], 'width': [0.25, 9]},
                     'random': {'trials': 0}, 'then': [{'kind': 'heatmap', 'stride': [3, 8]}]}
                    """)
                .problems())
        .extracting(InvalidSpec::field)
        .containsExactlyInAnyOrder(
            "name",
            "halving.factor",
            "priority",
            "random.trials",
            "then.stride",
            "base.architecture",
            "base.dataset",
            "base.epochs",
            "grid.imageSize",
            "grid.seed",
            "grid.width");
  }

  @Test
  void aDraftCountsTheJobsThatItDescribes() throws Exception {
    SweepReader.Draft draft =
        draft(
            """
            {'base': {'dataset': 'scene15'},
             'grid': {'architecture': ['resnet50', 'bagnet33'], 'seed': [1, 1, 2]},
             'random': {'trials': 3, 'learningRate': {'from': 0.001, 'to': 0.002}},
             'then': [{'kind': 'heatmap', 'stride': [4, 8]}, {'kind': 'evaluate'}]}
            """);
    assertThat(draft.trainings()).isEqualTo(12);
    // A network that sees the whole image has no heatmap.
    assertThat(draft.about()).isEqualTo(6 + 6 * 3);
    assertThat(draft.problems()).extracting(InvalidSpec::field).containsExactly("name");
  }

  @Test
  void allErrorsOfASearchAreFound() throws Exception {
    assertThat(
            draft(
                    """
                    {'name': 'a', 'base': {'architecture': 'bagnet33', 'dataset': 'scene15', 'widht': 1},
                     'random': {'trials': 4, 'learningRat': {'from': 0.1, 'to': 0.2}, 'sampler': 'bayes',
                                'startup': 2, 'epochs': {'from': 9, 'to': 2}}}
                    """)
                .problems())
        .extracting(InvalidSpec::getMessage)
        .noneMatch(line -> line.contains("startup"))
        .anyMatch(line -> line.contains("from must be below to"))
        .anyMatch(line -> line.contains("There is no random.sampler 'bayes'."))
        .anyMatch(
            line ->
                line.contains("'widht' or 'learningRat'")
                    && line.contains("Did you mean width and learningRate?"));
  }

  @Test
  void aRangeThatNothingCanBeDrawnFromIsRefused() {
    for (String range :
        List.of(
            "{'from': 1e-300, 'to': 1e308, 'scale': 'log'}",
            "{'from': -1e308, 'to': 1e308}",
            "{'from': 1, 'to': 1e999}",
            "{'from': 1, 'to': 1e999, 'scale': 'log'}")) {
      assertRefused(
          "{'name': 'a', 'random': {'trials': 2, 'learningRate': %s}}".formatted(range),
          "random.learningRate",
          "The range of random.learningRate is too wide to sample from");
    }
    assertRefused(
        """
        {'name': 'a', 'base': {'architecture': 'bagnet33', 'dataset': 'scene15'},
         'random': {'trials': 2, 'learningRate': {'from': 1e-30, 'to': 1e-20, 'scale': 'log'}}}
        """,
        "random.learningRate",
        "In random: learningRate must be from 1e-8 to 1");
  }

  @Test
  void wholeNumbersAreDrawnFromAllTheirRange() throws Exception {
    assertThat(
            trainings(
                read(
                    """
                    {'name': 'seeds', 'base': {'architecture': 'bagnet33', 'dataset': 'scene15'},
                     'random': {'trials': 20, 'seed': 3, 'batchSize': {'from': 2, 'to': 512},
                                'epochs': {'from': 1, 'to': 1000, 'scale': 'log'}}}
                    """)))
        .hasSize(20);
    assertThat(
            RandomValues.of("seed", Json.MAPPER.readTree("{\"from\":3000000000,\"to\":3000000009}"))
                .draw(new Random(1))
                .longValue())
        .isBetween(3_000_000_000L, 3_000_000_009L);
  }

  @Test
  void aSettingIsNoListAndNoObject() {
    assertRefused(
        "{'name': 'a', 'base': {'seed': [1, 2]}}",
        "base.seed",
        "base.seed must be a single value, but is [1,2]. Lists of values belong in grid or random.");
    assertRefused(
        "{'name': 'a', 'grid': {'seed': [1, [2]]}}",
        "grid.seed",
        "grid.seed must be a list of single values, but one is [2].");
    assertRefused(
        "{'name': 'a', 'random': {'trials': 2, 'seed': 1, 'epochs': [{}]}}",
        "random.epochs",
        "random.epochs must be a list of single values, but one is {}.");
    assertRefused(
        "{'name': 'a', 'then': [{'kind': 'heatmap', 'label': {'a': 1}}]}",
        "then.label",
        "then.label must be a single value");
  }

  /** As YAML reads a section whose lines were all deleted. */
  @Test
  void anEmptySectionIsNone() throws Exception {
    for (String section : List.of("grid", "random", "then", "halving")) {
      String sweep =
          "{'name': 'a', 'base': {'architecture': 'bagnet33', 'dataset': 'scene15'}, '%s': null}"
              .formatted(section);
      assertThat(
              new SweepReader(new JobSpecReader(new SmallCatalogue()))
                  .read(Json.MAPPER.readTree(sweep.replace('\'', '"')))
                  .jobs())
          .as(section)
          .hasSize(1);
    }
  }

  @Test
  void aCharacterOfTwoPartsIsNotCutInHalf() {
    assertThat(Excerpt.of("x".repeat(99) + "\ud83d\ude00 and more"))
        .isEqualTo("x".repeat(99) + "…");
  }

  @Test
  void followersCountBeforeTheyAreMade() {
    String hundred = IntStream.range(0, 100).mapToObj(Integer::toString).collect(joining(","));
    String item = "{'kind': 'heatmap', 'image': [%s], 'label': [%s]}".formatted(hundred, hundred);
    assertRefused(
        "{'name': 'a', 'then': [%s, %s]}".formatted(item, item),
        "then",
        "A sweep has at most 10000 jobs, but this one would have 20000 or more.");
    assertRefused(
        """
        {'name': 'a', 'base': {'architecture': 'bagnet33', 'dataset': 'scene15'},
         'grid': {'seed': [%s]}, 'then': [{'kind': 'evaluate', 'scrambleSeed': [%s]}]}
        """
            .formatted(hundred, hundred),
        "grid",
        "A sweep has at most 10000 jobs");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'name':'a','base':{'dataset':'scene15','weights':[%s]},'grid':{'seed':[1,2],'epochs':[1,2]}}",
        "{'name':'a','base':{'dataset':'scene15'},'grid':{'seed':[%s],'epochs':[%s]}}",
        "{'name':'a','random':{'trials':9999,'seed':1,'epochs':[[],%s]}}",
        "{'name':[%s]}",
        "{'name':'a','then':[[%s]]}",
      })
  void whatIsLongIsRefusedWithAShortMessageAndInLittleMemory(String sweep) throws Exception {
    String values = IntStream.range(0, 100_000).mapToObj(i -> "1").collect(joining(","));
    JsonNode request = Json.MAPPER.readTree(sweep.replace('\'', '"').replace("%s", values));
    SweepReader reader = new SweepReader(new JobSpecReader(new SmallCatalogue()));
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    assertThatExceptionOfType(InvalidSpec.class)
        .isThrownBy(() -> reader.read(request))
        .satisfies(refused -> assertThat(refused.getMessage()).hasSizeLessThan(300));
    // 200 kB of text, quoted as the refusal is made, and classes; a copy for each job took
    // gigabytes.
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(40_000_000);
  }

  @Test
  void unknownSettingsAreRefusedBeforeJobsAreMade() {
    String many =
        IntStream.range(0, 10_000).mapToObj(i -> "'x%d':1".formatted(i)).collect(joining(","));
    String name = "x".repeat(40_000);
    assertRefused(
        "{'name':'a','base':{'dataset':'scene15',%s},'random':{'trials':10000}}".formatted(many),
        "base.x0",
        "There is no field 'x0'");
    assertThatExceptionOfType(InvalidSpec.class)
        .isThrownBy(() -> read("{'name':'a','base':{'%s':1}}".formatted(name)))
        .satisfies(
            refused -> {
              assertThat(refused.getMessage()).hasSizeLessThan(700);
              assertThat(refused.field()).hasSizeLessThan(200);
            });
  }
}
