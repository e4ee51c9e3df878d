package org.bagnetlab.engine.nd4j.dl4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Node;
import org.bagnetlab.vision.architecture.Position;
import org.bagnetlab.vision.architecture.Shape;
import org.bagnetlab.vision.architecture.Tensor;
import org.bagnetlab.vision.network.Batch;
import org.bagnetlab.vision.network.LogitMap;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.vision.network.Objective;
import org.bagnetlab.vision.network.Optimiser;
import org.bagnetlab.vision.network.ShiftedPasses;
import org.bagnetlab.vision.network.Step;
import org.bagnetlab.vision.network.Targets;
import org.bagnetlab.vision.network.Update;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** A network on Deeplearning4j's ComputationGraph. */
final class GraphNetwork implements Network {

  private final Architecture architecture;
  private final ComputationGraph graph;
  private final DataType precision;
  private final List<Span> spans;
  private final FlatOptimiser optimiser;
  private final ForwardFeatures forward = new ForwardFeatures();

  /** The range of a tensor in the flat array of all parameters, in PyTorch's layout. */
  private record Span(Tensor tensor, int from, int to) {}

  GraphNetwork(Architecture architecture, Optimiser rule, DataType precision) {
    this.architecture = architecture;
    this.precision = precision;
    this.graph = new ComputationGraph(GraphCompiler.compile(architecture, precision));
    graph.init();
    graph.setListeners(forward);
    this.spans = spans(architecture, graph);
    this.optimiser = new FlatOptimiser(rule, graph.params(), statistics(), decaying());
  }

  @Override
  public Architecture architecture() {
    return architecture;
  }

  @Override
  public float[][] logits(Batch images) {
    try (INDArray features = features(images);
        INDArray pooled = features.mean(2, 3);
        INDArray logits = classify(pooled)) {
      return logits.toFloatMatrix();
    }
  }

  @Override
  public LogitMap logitMap(Batch images) {
    try (INDArray features = features(images)) {
      int height = (int) features.size(2);
      int width = (int) features.size(3);
      INDArray positions =
          features
              .permute(0, 2, 3, 1)
              .dup('c')
              .reshape((long) images.images() * height * width, features.size(1));
      INDArray logits =
          classify(positions)
              .reshape(images.images(), height, width, architecture.classes())
              .permute(0, 3, 1, 2)
              .dup('c');
      float[] values = logits.data().asFloat();
      positions.close();
      logits.close();
      return new LogitMap(values, images.images(), architecture.classes(), height, width);
    }
  }

  @Override
  public float[] inputGradient(Batch images, int[] labels, Optional<Position> position) {
    ComputationGraphConfiguration configuration =
        GraphCompiler.compileFixed(architecture, precision, position);
    try (FixedGraph fixed = new FixedGraph(architecture, configuration);
        INDArray input = array(images);
        INDArray chosen = oneHot(labels)) {
      fixed.follow(graph);
      try (INDArray gradient = fixed.gradient(input, chosen);
          INDArray ordered = gradient.dup('c')) {
        return ordered.data().asFloat();
      }
    }
  }

  private INDArray oneHot(int[] labels) {
    INDArray targets = Nd4j.zeros(precision, labels.length, architecture.classes());
    for (int i = 0; i < labels.length; i++) {
      targets.putScalar(i, labels[i], 1);
    }
    return targets;
  }

  @Override
  public float[][] patchLogits(Batch image, int[] labels, int stride, IntConsumer progress) {
    return ShiftedPasses.patchLogits(this, image, labels, stride, progress);
  }

  @Override
  public Step train(Batch images, Targets targets, Objective objective, Update update) {
    INDArray input = array(images);
    INDArray probabilities = probabilities(targets);
    graph.setInput(0, input);
    graph.setLabels(probabilities);
    forward.expect(targets, probabilities);
    PositionLossVertex positions =
        (PositionLossVertex) graph.getVertex(GraphCompiler.positionLoss(architecture.pool()));
    positions.expect(
        Optional.of(objective)
            .filter(Objective::usesPositions)
            .map(
                wanted ->
                    new PositionLossVertex.Wanted(
                        wanted, probabilities, ofClassifier("W"), ofClassifier("b"))));
    graph.computeGradientAndScore();
    double loss = forward.crossEntropy;
    Step step =
        objective.usesPositions()
            ? addPositions(positions, loss, objective.localShare())
            : new Step.Computed(loss, forward.correct);
    INDArray gradients = graph.getFlattenedGradients();
    unbiasVariances(gradients, images.images());
    optimiser.step(gradients, images.images(), update);
    graph.clear();
    input.close();
    probabilities.close();
    return step;
  }

  private INDArray probabilities(Targets targets) {
    return targets
        .probabilities()
        .map(
            values -> {
              try (INDArray flat = Nd4j.createFromArray(values)) {
                return flat.reshape(targets.labels().length, architecture.classes())
                    .castTo(precision)
                    .dup();
              }
            })
        .orElseGet(() -> oneHot(targets.labels()));
  }

  /**
   * Adds the gradients of the classifier from the logits of positions to those of the global
   * cross-entropy.
   */
  private Step addPositions(PositionLossVertex positions, double global, double localShare) {
    try (PositionLossVertex.Found found = positions.found()) {
      Map<String, INDArray> gradients = graph.gradient().gradientForVariable();
      String classifier = architecture.classifier().name();
      // These arrays are views of the flat array.
      INDArray ofWeights = Objects.requireNonNull(gradients.get(classifier + "_W"));
      INDArray ofBias = Objects.requireNonNull(gradients.get(classifier + "_b"));
      ofWeights.muli(1 - localShare).addi(found.ofWeights());
      ofBias.muli(1 - localShare).addi(found.ofBias());
      return new Step.Computed(
          (1 - localShare) * global + localShare * found.crossEntropy(),
          forward.correct,
          found.meanAbsolute());
    }
  }

  private INDArray ofClassifier(String parameter) {
    return Objects.requireNonNull(
        graph.getParam(architecture.classifier().name() + "_" + parameter));
  }

  @Override
  public void resetOptimiser() {
    optimiser.reset();
  }

  @Override
  public Map<String, float[]> weights() {
    float[] flat = graph.params().toFloatVector();
    Map<String, float[]> weights = new LinkedHashMap<>();
    for (Span span : spans) {
      weights.put(span.tensor().name(), Arrays.copyOfRange(flat, span.from(), span.to()));
    }
    return weights;
  }

  @Override
  public void load(Map<String, float[]> weights) {
    architecture.requireWeights(weights);
    float[] flat = new float[Math.toIntExact(graph.params().length())];
    for (Span span : spans) {
      float[] values = Objects.requireNonNull(weights.get(span.tensor().name()));
      System.arraycopy(values, 0, flat, span.from(), values.length);
    }
    try (INDArray values = Nd4j.createFromArray(flat)) {
      graph.params().assign(values.castTo(precision).reshape(graph.params().shape()));
    }
  }

  @Override
  public Map<String, float[]> optimiser() {
    Map<String, float[]> state = new LinkedHashMap<>();
    state.put(Optimiser.STEPS, new float[] {optimiser.steps()});
    optimiser
        .moments()
        .forEach(
            (moment, values) -> {
              float[] flat = values.toFloatVector();
              learnt()
                  .forEach(
                      span ->
                          state.put(
                              moment + "/" + span.tensor().name(),
                              Arrays.copyOfRange(flat, span.from(), span.to())));
            });
    return state;
  }

  @Override
  public void loadOptimiser(Map<String, float[]> state) {
    optimiser
        .moments()
        .forEach(
            (moment, values) -> {
              float[] flat = new float[Math.toIntExact(values.length())];
              learnt()
                  .forEach(
                      span -> {
                        String name = moment + "/" + span.tensor().name();
                        float[] saved = Optimiser.saved(state, name, span.to() - span.from());
                        System.arraycopy(saved, 0, flat, span.from(), saved.length);
                      });
              try (INDArray loaded = Nd4j.createFromArray(flat)) {
                values.assign(loaded.castTo(precision));
              }
            });
    optimiser.continueAfter((int) Optimiser.saved(state, Optimiser.STEPS, 1)[0]);
  }

  private Stream<Span> learnt() {
    return spans.stream().filter(span -> span.tensor().learnt());
  }

  @Override
  public void close() {
    graph.close();
    optimiser.close();
  }

  /** The last feature map in evaluation mode: [image, channel, row, column]. */
  private INDArray features(Batch images) {
    try (INDArray input = array(images)) {
      return graph
          .output(List.of(architecture.pool().input()), false, new INDArray[] {input}, null)[0];
    }
  }

  /** Logits of rows of features: [n, channels] becomes [n, classes]. */
  private INDArray classify(INDArray features) {
    return features.mmul(ofClassifier("W")).addiRowVector(ofClassifier("b"));
  }

  private INDArray array(Batch images) {
    INDArray values = Nd4j.createFromArray(images.values());
    return values
        .castTo(precision)
        .reshape(images.images(), images.channels(), images.height(), images.width());
  }

  private INDArray statistics() {
    INDArray mask = Nd4j.zeros(precision, graph.params().shape());
    for (Span span : spans) {
      if (!span.tensor().learnt()) {
        mask.get(NDArrayIndex.all(), NDArrayIndex.interval(span.from(), span.to())).assign(1);
      }
    }
    return mask;
  }

  private List<INDArrayIndex> decaying() {
    return spans.stream()
        .filter(span -> span.tensor().decays())
        .map(span -> NDArrayIndex.interval(span.from(), span.to()))
        .toList();
  }

  /**
   * Corrects running variances: the library updates them with the batch's biased variance b,
   * PyTorch with the unbiased variance r b, where r = n / (n - 1), so a change of m (v - b) becomes
   * m (v - r b).
   */
  private void unbiasVariances(INDArray gradients, int images) {
    Map<String, Shape> shapes = architecture.shapes();
    INDArray changes = gradients.reshape(gradients.length());
    INDArray values = graph.params().reshape(gradients.length());
    for (Node node : architecture.nodes()) {
      if (node instanceof Node.BatchNorm norm) {
        Span span =
            spans.stream()
                .filter(s -> s.tensor().name().equals(norm.name() + ".running_var"))
                .findFirst()
                .orElseThrow();
        Shape shape = Objects.requireNonNull(shapes.get(norm.name()));
        double count = (double) images * shape.height() * shape.width();
        double ratio = count / (count - 1);
        INDArrayIndex where = NDArrayIndex.interval(span.from(), span.to());
        changes.get(where).muli(ratio).addi(values.get(where).mul(norm.momentum() * (1 - ratio)));
      }
    }
  }

  /**
   * Finds each tensor in the flat array. Deeplearning4j stores linear weights as [in, out] in
   * column-major order, which equals PyTorch's [out, in] in row-major order.
   */
  private static List<Span> spans(Architecture architecture, ComputationGraph graph) {
    Map<String, INDArray> table = graph.paramTable();
    List<Span> spans = new ArrayList<>();
    for (Tensor tensor : architecture.tensors()) {
      int dot = tensor.name().lastIndexOf('.');
      String node = tensor.name().substring(0, dot);
      String parameter =
          switch (tensor.name().substring(dot + 1)) {
            case "weight" -> tensor.shape().size() == 1 ? "gamma" : "W";
            case "bias" -> table.containsKey(node + "_b") ? "b" : "beta";
            case "running_mean" -> "mean";
            case "running_var" -> "var";
            default -> throw new IllegalStateException(tensor.name());
          };
      INDArray view = Objects.requireNonNull(table.get(node + "_" + parameter), tensor::name);
      int from = Math.toIntExact(view.offset());
      spans.add(new Span(tensor, from, from + Math.toIntExact(view.length())));
    }
    return spans;
  }

  /**
   * Judges the logits of a training step from its forward pass, which the library computes anyway.
   */
  private final class ForwardFeatures extends BaseTrainingListener {
    private Targets targets = Targets.of();
    private Optional<INDArray> wanted = Optional.empty();
    private int correct;

    /** The library's score would ignore how far a probability is below 1e-10. */
    private double crossEntropy;

    /** Sets the targets of the next step, also as [image, class]. */
    void expect(Targets next, INDArray probabilities) {
      targets = next;
      wanted = Optional.of(probabilities);
    }

    @Override
    public void onForwardPass(Model model, Map<String, INDArray> activations) {
      INDArray pooled = Objects.requireNonNull(activations.get(architecture.pool().name()));
      int[] labels = targets.labels();
      INDArray logits = classify(pooled.reshape(labels.length, -1));
      int[] predicted = logits.argMax(1).toIntVector();
      correct = 0;
      for (int i = 0; i < labels.length; i++) {
        correct += predicted[i] == labels[i] ? 1 : 0;
      }
      crossEntropy = GraphCrossEntropy.mean(logits, wanted.orElseThrow());
    }
  }
}
