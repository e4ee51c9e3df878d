package org.bagnetlab.engine.torch;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Position;
import org.bagnetlab.vision.architecture.Shape;
import org.bagnetlab.vision.network.Batch;
import org.bagnetlab.vision.network.LogitMap;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.vision.network.Objective;
import org.bagnetlab.vision.network.Optimiser;
import org.bagnetlab.vision.network.Step;
import org.bagnetlab.vision.network.Targets;
import org.bagnetlab.vision.network.Update;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** A network on libtorch. */
final class TorchNetwork implements Network {

  private final Architecture architecture;
  private final Transfer transfer;
  private final Autocast autocast;
  private final Section whole;
  private final Section wholeWithFeatures;
  private final Section features;
  private final TorchParameters parameters;
  private final TorchOptimiserState optimiser;

  TorchNetwork(Architecture architecture, Optimiser rule, Transfer transfer, Autocast autocast) {
    this.architecture = architecture;
    this.transfer = transfer;
    this.autocast = autocast;
    whole = Section.whole(architecture);
    wholeWithFeatures = Section.wholeWithFeatures(architecture);
    features = Section.features(architecture);
    parameters = NativeScope.of(() -> new TorchParameters(architecture, transfer));
    optimiser = NativeScope.of(() -> new TorchOptimiserState(rule, parameters, transfer));
  }

  @Override
  public Architecture architecture() {
    return architecture;
  }

  private Map<String, Tensor> given(Tensor images) {
    return Map.of(architecture.input().name(), images);
  }

  /** The logits in evaluation mode: [image, class]. */
  private Tensor logits(Tensor images) {
    return Objects.requireNonNull(
        Forward.evaluation(whole, given(images), parameters).get(architecture.classifier().name()));
  }

  @Override
  public float[][] logits(Batch images) {
    float[] values =
        compute(() -> Transfer.values(autocast.of(() -> logits(transfer.images(images)))));
    int classes = architecture.classes();
    float[][] logits = new float[images.images()][];
    for (int n = 0; n < logits.length; n++) {
      logits[n] = Arrays.copyOfRange(values, n * classes, (n + 1) * classes);
    }
    return logits;
  }

  private static <T> T compute(Supplier<T> work) {
    return NativeScope.of(work);
  }

  @Override
  public LogitMap logitMap(Batch images) {
    return compute(
        () -> {
          Tensor map =
              autocast.of(
                  () ->
                      Forward.logitsOfPositions(
                          architecture.classifier(),
                          lastMap(transfer.images(images)),
                          parameters::fixed));
          return new LogitMap(
              Transfer.values(map),
              images.images(),
              architecture.classes(),
              (int) map.size(2),
              (int) map.size(3));
        });
  }

  private Tensor lastMap(Tensor images) {
    return Objects.requireNonNull(
        Forward.evaluation(features, given(images), parameters).get(architecture.pool().input()));
  }

  /** The logits of one position of the last feature map in evaluation mode: [image, class]. */
  private Tensor logitsAt(Position position, Tensor images) {
    Tensor features = lastMap(images).narrow(2, position.row(), 1).narrow(3, position.column(), 1);
    return Forward.logitsOfPositions(architecture.classifier(), features, parameters::fixed)
        .flatten(1, -1);
  }

  @Override
  public float[] inputGradient(Batch images, int[] labels, Optional<Position> position) {
    return compute(
        () -> {
          Tensor input = transfer.images(images);
          input.set_requires_grad(true);
          Tensor chosen =
              autocast
                  .of(() -> position.map(at -> logitsAt(at, input)).orElseGet(() -> logits(input)))
                  .gather(1, transfer.labels(labels).unsqueeze(1))
                  .sum();
          return Transfer.values(
              torch.grad(new TensorVector(chosen), new TensorVector(input)).front());
        });
  }

  @Override
  public float[][] patchLogits(Batch image, int[] labels, int stride, IntConsumer progress) {
    Shape shape = new Shape(image.channels(), image.height(), image.width());
    TorchDensePass pass = new TorchDensePass(architecture.withImage(shape), stride, parameters);
    return compute(
        () ->
            autocast.of(
                () -> pass.logits(transfer.images(image), transfer.labels(labels), progress)));
  }

  /**
   * The results of a forward pass in training mode.
   *
   * @param logits logits as [image, class]
   * @param map logit map as [image, class, row, column]; empty if it is not needed
   */
  private record Trained(Tensor logits, Optional<Tensor> map) {}

  private Trained forward(Tensor images, boolean withMap) {
    Map<String, Tensor> results =
        Forward.training(withMap ? wholeWithFeatures : whole, given(images), parameters);
    return new Trained(
        Objects.requireNonNull(results.get(architecture.classifier().name())),
        Optional.ofNullable(results.get(architecture.pool().input()))
            .map(
                features ->
                    Forward.logitsOfPositions(
                        architecture.classifier(), features, parameters::learning)));
  }

  @Override
  public Step train(Batch images, Targets given, Objective objective, Update update) {
    return compute(
        () -> {
          Tensor input = transfer.images(images);
          Tensor labels = transfer.labels(given.labels());
          // Indices of classes, or probabilities as [image, class].
          Tensor targets =
              given
                  .probabilities()
                  .map(values -> transfer.rows(values, given.labels().length))
                  .orElse(labels);
          parameters.gradients().zero_();
          Trained trained = autocast.of(() -> forward(input, objective.usesPositions()));
          Tensor logits = trained.logits().to(transfer.type());
          Optional<Tensor> map = trained.map().map(all -> all.to(transfer.type()));
          Tensor global = torch.cross_entropy_loss(logits, targets);
          Tensor loss =
              map.filter(_ -> objective.localShare() > 0)
                  .map(all -> localLoss(all, targets))
                  .map(local -> global.lerp(local, new Scalar(objective.localShare())))
                  .orElse(global);
          Optional<Tensor> evidence =
              map.filter(_ -> objective.sparsity() > 0).map(all -> all.abs().mean());
          Tensor hits = logits.detach().argmax(new LongOptional(1), false).eq(labels).sum();
          evidence
              .map(mean -> mean.mul(new Scalar(objective.sparsity())))
              .map(penalty -> loss.add(penalty, new Scalar(1.0)))
              .orElse(loss)
              .backward();
          optimiser.step(update);
          return new QueuedStep(loss.detach(), hits, evidence.map(Tensor::detach));
        });
  }

  /**
   * The mean cross-entropy of the logits of positions.
   *
   * @param map logits as [image, class, row, column]
   * @param targets classes as [image], or probabilities as [image, class]
   */
  private static Tensor localLoss(Tensor map, Tensor targets) {
    long positions = map.size(2) * map.size(3);
    // With positions as rows: libtorch's loss of a map adds in an order that varies on a GPU.
    Tensor rows = map.permute(0, 2, 3, 1).flatten(0, 2);
    return torch.cross_entropy_loss(
        rows,
        targets.repeat_interleave(positions, new LongOptional(0), new LongOptional(rows.size(0))));
  }

  @Override
  public void resetOptimiser() {
    NativeScope.run(optimiser::reset);
  }

  @Override
  public Map<String, float[]> weights() {
    return compute(parameters::weights);
  }

  @Override
  public void load(Map<String, float[]> weights) {
    NativeScope.run(() -> parameters.load(weights));
  }

  @Override
  public Map<String, float[]> optimiser() {
    return compute(optimiser::state);
  }

  @Override
  public void loadOptimiser(Map<String, float[]> state) {
    NativeScope.run(() -> optimiser.load(state));
  }

  @Override
  public void close() {
    optimiser.close();
    parameters.close();
  }
}
