package org.bagnetlab.server.results.view;

import io.vertx.core.Future;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bagnetlab.experiment.Experiment;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.effectivefield.EffectiveFieldExperiment;
import org.bagnetlab.experiment.evaluate.EvaluateExperiment;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.scramble.ScrambleExperiment;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.server.json.ServerJson;
import org.bagnetlab.server.json.WrittenText;
import org.bagnetlab.server.results.accuracy.AccuracyOver;
import org.bagnetlab.server.results.accuracy.AccuracyOverTable;
import org.bagnetlab.server.results.accuracy.AccuracyTable;
import org.bagnetlab.server.results.accuracy.Comparison;
import org.bagnetlab.server.results.accuracy.ScramblingCurveTable;
import org.bagnetlab.server.results.claim.ClaimsTable;
import org.bagnetlab.server.results.list.RunPage;
import org.bagnetlab.server.results.number.Analysis;
import org.bagnetlab.server.results.number.AnalysisTable;
import org.bagnetlab.server.results.run.ChosenSetting;
import org.bagnetlab.server.results.run.CountedRuns;
import org.bagnetlab.server.results.run.LeftOut;
import org.bagnetlab.server.results.study.ChangesTable;
import org.bagnetlab.server.results.study.Differences;
import org.bagnetlab.server.results.study.DifferencesTable;
import org.bagnetlab.server.results.study.ErrorAgreementTable;
import org.bagnetlab.server.results.study.Measure;
import org.bagnetlab.server.results.study.ScoresTable;
import org.bagnetlab.server.table.Csv;
import org.bagnetlab.server.table.Html;
import org.bagnetlab.server.table.Latex;
import org.bagnetlab.server.table.PlainText;
import org.bagnetlab.server.table.Table;

/**
 * A view of the stored runs. All its formats except JSON are generated from its table.
 *
 * @param <T> type of the computed view, whose JSON is the response of the HTTP interface
 * @param name name on the command line, and of exported files
 * @param path path in the HTTP interface; views that are parts of the same response share it, for
 *     example the views of an experiment's outputs
 * @param reading computes the view from the stored runs
 * @param table converts the view to a table
 */
public record View<T>(
    String name, String path, Reading<T> reading, BiFunction<T, ViewFilter, Table<?>> table) {

  /** Computes a view from the stored runs. Blocks. */
  @FunctionalInterface
  public interface Reading<T> {
    T read(Results results, ViewFilter filter) throws IOException;
  }

  private static final String RUNS = "runs";
  private static final String OVER = "accuracy-over/";

  private static final List<View<?>> OF_STUDIES =
      List.of(
          new View<>(
              "comparison",
              "comparison",
              (results, filter) -> results.comparison(filter),
              (view, filter) -> AccuracyTable.of(view, filter.published())),
          new View<>(
              "receptive-field",
              "receptive-fields",
              (results, filter) -> results.receptiveFields(filter),
              (view, filter) -> AccuracyTable.of(view, filter.published())),
          new View<>(
              "scrambling",
              "scrambling",
              (results, filter) -> results.scrambling(filter),
              (view, filter) -> AccuracyTable.of(view, filter.published())),
          new View<>(
              "scrambling-curves",
              "scrambling",
              (results, filter) -> results.scrambling(filter),
              (view, filter) -> ScramblingCurveTable.of(view)),
          new View<>(
              "differences",
              "differences",
              (results, filter) -> results.studies().differences(filter),
              (view, filter) -> DifferencesTable.of(view)),
          differences(Measure.SCRAMBLED),
          differences(Measure.SCRAMBLING_LOSS),
          new View<>(
              "error-agreement",
              "error-agreement",
              (results, filter) -> results.studies().errorAgreement(filter),
              (view, filter) -> ErrorAgreementTable.of(view)),
          new View<>(
              "scores",
              "scores",
              (results, filter) -> results.studies().scores(filter),
              (view, filter) -> ScoresTable.of(view)),
          new View<>(
              "changes",
              "changes",
              (results, filter) -> results.studies().changes(filter),
              (view, filter) -> ChangesTable.of(view)),
          new View<>(
              "claims",
              "claims",
              (results, filter) -> results.studies().claims(filter),
              (view, filter) -> ClaimsTable.of(view)),
          new View<>(
              RUNS,
              RUNS,
              (results, filter) -> results.runs(filter.runs()),
              (page, filter) -> RunPage.table(page, filter.dataset(), filter.runs())));

  /** Experiments whose results are shown in the views of studies. */
  private static final Set<String> STUDIED =
      Set.of(
          TrainExperiment.NAME,
          EvaluateExperiment.NAME,
          ScrambleExperiment.NAME,
          EffectiveFieldExperiment.NAME);

  private static final List<View<?>> ALL =
      Stream.of(
              OF_STUDIES.stream(),
              AccuracyOver.PARAMETERS.stream().map(View::overParameter),
              Experiments.all().stream()
                  .filter(experiment -> !STUDIED.contains(experiment.name()))
                  .flatMap(View::ofExperiment))
          .<View<?>>flatMap(views -> views)
          .toList();

  /** Test accuracy over a parameter of trainings. */
  private static View<AccuracyOver> overParameter(Parameter<?> parameter) {
    String name = AccuracyOver.nameOfView(parameter);
    return new View<>(
        name,
        OVER + parameter.name(),
        (results, filter) -> results.accuracyOver(parameter, filter),
        (view, filter) -> AccuracyOverTable.of(name, parameter, view));
  }

  /** The view of accuracy over the parameter with this name. */
  public static Optional<View<?>> overParameter(String parameter) {
    return ALL.stream().filter(view -> view.path().equals(OVER + parameter)).findFirst();
  }

  /** The views of an experiment, one for each output that has numbers. */
  private static Stream<View<?>> ofExperiment(Experiment<?> experiment) {
    return experiment.outputs().stream()
        .filter(Analysis::hasNumbers)
        .map(output -> ofOutput(experiment, output));
  }

  private static String path(String experiment) {
    return "analyses/%s".formatted(experiment);
  }

  /** Whether the results of an experiment are shown only in the views derived from its outputs. */
  public static boolean isAnalysis(String experiment) {
    return ALL.stream().anyMatch(view -> view.path().equals(path(experiment)));
  }

  /** The experiment whose output this view shows. Empty for a view of studies. */
  public Optional<String> experiment() {
    return path.startsWith(path(""))
        ? Optional.of(path.substring(path("").length()))
        : Optional.empty();
  }

  /** Whether it is one of several views whose paths differ only in the last segment. */
  public boolean isOfFamily() {
    return path.contains("/");
  }

  /** Whether it is the list of runs, which has one row for each run and its own filter. */
  public boolean listsRuns() {
    return name.equals(RUNS);
  }

  private static View<Analysis> ofOutput(Experiment<?> experiment, Output output) {
    String name = "%s-%s".formatted(experiment.name(), output.name());
    return new View<>(
        name,
        path(experiment.name()),
        (results, filter) -> results.analysis(experiment, filter).only(output),
        (analysis, filter) -> AnalysisTable.of(name, experiment, output, analysis));
  }

  /** A separate view of differences in a measure other than test accuracy. */
  private static View<Differences> differences(Measure measure) {
    return new View<>(
        "differences-" + measure.text(),
        "differences",
        (results, filter) -> results.studies().differences(filter.by(measure)),
        (view, filter) -> DifferencesTable.of(view));
  }

  /** All views, in the order in which they are listed. */
  public static List<View<?>> all() {
    return ALL;
  }

  /** Suggestions for an unknown name. Names of outputs are left out because there are too many. */
  public static String known(String asked) {
    List<String> alike =
        ALL.stream()
            .map(View::name)
            .filter(name -> !asked.isEmpty() && name.startsWith(asked))
            .toList();
    return alike.isEmpty()
        ? "%s, those over a parameter, such as %s, and those of experiments, such as %s"
            .formatted(
                OF_STUDIES.stream().map(View::name).collect(Collectors.joining(", ")),
                AccuracyOver.nameOfView(AccuracyOver.PARAMETERS.get(0)),
                ALL.get(ALL.size() - 1).name())
        : String.join(", ", alike);
  }

  /** The view of this name. */
  public static Optional<View<?>> find(String name) {
    return ALL.stream().filter(view -> view.name().equals(name)).findFirst();
  }

  /**
   * The filter with what always counts: who asks what a parameter changes, or analysed a network,
   * asks for trials of searches, too.
   */
  private ViewFilter completed(ViewFilter filter) {
    return isOfFamily() ? filter.withTrials() : filter;
  }

  /** Computes and formats the view, on a thread that may block. */
  public Future<WrittenText> written(Results results, ViewFilter asked, ViewForm form) {
    ViewFilter filter = completed(asked);
    Future<?> ready = listsRuns() ? results.runsRead() : Future.succeededFuture();
    return ready.compose(
        any ->
            results.writtenOnce(
                List.of(name, filter, form),
                () -> {
                  T view = reading.read(results, filter);
                  return written(view, filter, form, leftOut(view, results, filter, form));
                }));
  }

  /** Computes the view once and writes it in several forms. Blocks. */
  public Map<ViewForm, String> written(Results results, ViewFilter asked, Set<ViewForm> forms)
      throws IOException {
    ViewFilter filter = completed(asked);
    T view = reading.read(results, filter);
    List<String> leftOut = leftOut(view, results, filter, ViewForm.CSV);
    Map<ViewForm, String> texts = new EnumMap<>(ViewForm.class);
    forms.forEach(form -> texts.put(form, written(view, filter, form, leftOut)));
    return texts;
  }

  /** Notes about the trainings that a table leaves out. */
  private List<String> leftOut(T view, Results results, ViewFilter filter, ViewForm form) {
    if (form == ViewForm.JSON || listsRuns()) {
      return List.of();
    }
    return switch (view) {
      case ChosenSetting.View ofSetting -> {
        ChosenSetting chosen = ofSetting.chosen();
        yield CountedRuns.notes(
            chosen.leftOut(), results.counted(filter.on(chosen.dataset())).trials().size());
      }
      case Comparison comparison ->
          CountedRuns.notes(comparison.leftOut(), comparison.trialsLeftOut());
      default -> {
        CountedRuns counted = results.counted(filter);
        yield CountedRuns.notes(
            LeftOut.of(counted.troubled(), results.networks()), counted.trials().size());
      }
    };
  }

  private String written(T view, ViewFilter filter, ViewForm form, List<String> leftOut) {
    return switch (form) {
      case JSON -> ServerJson.text(view);
      case CSV -> Csv.of(noted(view, filter, leftOut));
      case HTML -> Html.of(noted(view, filter, leftOut));
      case LATEX -> Latex.of(noted(view, filter, leftOut));
      case TABLE -> PlainText.of(noted(view, filter, leftOut));
    };
  }

  private Table<?> noted(T view, ViewFilter filter, List<String> leftOut) {
    Table<?> shown = table.apply(view, filter);
    for (String note : leftOut) {
      shown = shown.with(note);
    }
    return shown;
  }
}
