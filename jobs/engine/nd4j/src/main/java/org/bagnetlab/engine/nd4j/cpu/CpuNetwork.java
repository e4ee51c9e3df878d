package org.bagnetlab.engine.nd4j.cpu;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.bagnetlab.engine.nd4j.cpu.compile.Compiler;
import org.bagnetlab.engine.nd4j.cpu.compile.DensePass;
import org.bagnetlab.engine.nd4j.cpu.compile.Profiler;
import org.bagnetlab.engine.nd4j.cpu.compile.Program;
import org.bagnetlab.engine.nd4j.cpu.kernel.Crew;
import org.bagnetlab.engine.nd4j.cpu.memory.Arena;
import org.bagnetlab.engine.nd4j.cpu.memory.MemoryPlan;
import org.bagnetlab.engine.nd4j.cpu.onednn.NumberType;
import org.bagnetlab.engine.nd4j.cpu.operation.Pass;
import org.bagnetlab.engine.nd4j.cpu.parameter.OptimiserState;
import org.bagnetlab.engine.nd4j.cpu.parameter.Parameters;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Position;
import org.bagnetlab.vision.architecture.Shape;
import org.bagnetlab.vision.network.Batch;
import org.bagnetlab.vision.network.LogitMap;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.vision.network.Objective;
import org.bagnetlab.vision.network.Optimiser;
import org.bagnetlab.vision.network.Step;
import org.bagnetlab.vision.network.StepProfile;
import org.bagnetlab.vision.network.Targets;
import org.bagnetlab.vision.network.Update;
import org.jspecify.annotations.Nullable;

/** A network on the CPU: parameters, an optimiser, and a program for each batch shape. */
final class CpuNetwork implements Network {

  /** Maximum number of cached programs, enough for the full and the last batch of each pass. */
  private static final int PROGRAMS = 6;

  /** Changes the weights of a profiled network, but little. */
  private static final double LEARNING_RATE = 1e-4;

  private final Architecture architecture;
  private final NumberType trained;
  private final Crew crew;
  private final Parameters parameters;
  private final OptimiserState optimiser;
  private final Map<Use, Program> programs = new LinkedHashMap<>(16, 0.75f, true);
  private @Nullable Arena arena;
  private List<MemoryPlan> lastPlans = List.of();

  /** The use of a program, which is its key in the cache. */
  private record Use(Pass pass, boolean pooled, int images, int height, int width) {}

  /**
   * Allocates a network.
   *
   * @param trained how trainings store feature maps; everything else is computed in float32, so
   *     that heatmaps add up to the logits
   */
  CpuNetwork(Architecture architecture, Optimiser rule, NumberType trained, Crew crew) {
    this.trained = trained;
    this.architecture = architecture;
    this.crew = crew;
    parameters = new Parameters(architecture);
    optimiser = new OptimiserState(rule, parameters, crew);
  }

  @Override
  public Architecture architecture() {
    return architecture;
  }

  private Program program(Pass pass, boolean pooled, Batch images) {
    Use use = new Use(pass, pooled, images.images(), images.height(), images.width());
    Program known = programs.get(use);
    Program program = known == null ? compiled(use, images) : known;
    lastPlans = List.of(program.plan());
    return program;
  }

  private Program compiled(Use use, Batch images) {
    Shape shape = new Shape(images.channels(), images.height(), images.width());
    Program program =
        Compiler.compile(
            architecture.withImage(shape),
            use.pass,
            use.pooled,
            use.images,
            use.pass == Pass.TRAINING ? trained : NumberType.FLOAT32,
            parameters,
            crew);
    if (arena == null || arena.size() < program.plan().size()) {
      // Other programs' views would point to freed memory.
      forgetPrograms();
      arena = new Arena(program.plan().size());
    } else if (programs.size() == PROGRAMS) {
      Use oldest = programs.keySet().iterator().next();
      Program forgotten = programs.remove(oldest);
      if (forgotten != null) {
        forgotten.close();
      }
    }
    program.bind(arena);
    programs.put(use, program);
    return program;
  }

  private void forgetPrograms() {
    programs.values().forEach(Program::close);
    programs.clear();
    if (arena != null) {
      arena.close();
      arena = null;
    }
  }

  @Override
  public float[][] logits(Batch images) {
    float[] values = program(Pass.EVALUATION, true, images).logits(images);
    int classes = architecture.classes();
    float[][] logits = new float[images.images()][];
    for (int n = 0; n < logits.length; n++) {
      logits[n] = Arrays.copyOfRange(values, n * classes, (n + 1) * classes);
    }
    return logits;
  }

  @Override
  public LogitMap logitMap(Batch images) {
    float[] values = program(Pass.EVALUATION, false, images).logits(images);
    int classes = architecture.classes();
    Shape shape =
        architecture
            .withImage(new Shape(images.channels(), images.height(), images.width()))
            .lastMap();
    int plane = shape.height() * shape.width();
    float[] map = new float[values.length];
    for (int n = 0; n < images.images(); n++) {
      for (int i = 0; i < plane; i++) {
        for (int k = 0; k < classes; k++) {
          map[(n * classes + k) * plane + i] = values[(n * plane + i) * classes + k];
        }
      }
    }
    return new LogitMap(map, images.images(), classes, shape.height(), shape.width());
  }

  @Override
  public float[] inputGradient(Batch images, int[] labels, Optional<Position> position) {
    return program(Pass.INPUT_GRADIENT, true, images).inputGradient(images, labels, position);
  }

  @Override
  public float[][] patchLogits(Batch image, int[] labels, int stride, IntConsumer progress) {
    // The dense pass has separate memory; keeping the programs' memory as well would need more in
    // total.
    forgetPrograms();
    Shape shape = new Shape(image.channels(), image.height(), image.width());
    try (DensePass pass = new DensePass(architecture.withImage(shape), stride, parameters, crew)) {
      lastPlans = pass.plans();
      return pass.logits(image, labels, progress);
    }
  }

  @Override
  public Optional<String> memoryPlan() {
    String plans = lastPlans.stream().map(MemoryPlan::toString).collect(joining("\n"));
    return Optional.of(
        "%s\nplus transformed and rounded weights: %d floats"
            .formatted(plans, parameters.transformed()));
  }

  @Override
  public Step train(Batch images, Targets targets, Objective objective, Update update) {
    Step step = program(Pass.TRAINING, true, images).train(images, targets, objective);
    optimiser.step(update);
    return step;
  }

  @Override
  public Optional<StepProfile> profile(Batch images, int[] labels, int steps) {
    Profiler profiler =
        new Profiler(
            program(Pass.TRAINING, true, images),
            () -> optimiser.step(Update.of(LEARNING_RATE)),
            steps);
    return Optional.of(profiler.profile(images, Targets.of(labels), trained, crew));
  }

  @Override
  public void resetOptimiser() {
    optimiser.reset();
  }

  @Override
  public Map<String, float[]> weights() {
    Map<String, float[]> weights = new LinkedHashMap<>();
    for (Parameters.Span span : parameters.spans()) {
      float[] values = new float[span.length()];
      parameters.values(span.tensor().name()).get(0, values);
      weights.put(span.tensor().name(), values);
    }
    return weights;
  }

  @Override
  public void load(Map<String, float[]> weights) {
    architecture.requireWeights(weights);
    parameters.changed();
    for (Parameters.Span span : parameters.spans()) {
      String name = span.tensor().name();
      parameters.values(name).put(0, Objects.requireNonNull(weights.get(name)));
    }
  }

  @Override
  public Map<String, float[]> optimiser() {
    Map<String, float[]> state = new LinkedHashMap<>();
    state.put(Optimiser.STEPS, new float[] {optimiser.steps()});
    optimiser
        .moments()
        .forEach(
            (moment, all) -> {
              for (Parameters.Span span : parameters.spans()) {
                if (span.tensor().learnt()) {
                  float[] values = new float[span.length()];
                  all.get(Math.toIntExact(span.from()), values);
                  state.put(moment + "/" + span.tensor().name(), values);
                }
              }
            });
    return state;
  }

  @Override
  public void loadOptimiser(Map<String, float[]> state) {
    optimiser
        .moments()
        .forEach(
            (moment, all) -> {
              for (Parameters.Span span : parameters.spans()) {
                if (span.tensor().learnt()) {
                  String name = moment + "/" + span.tensor().name();
                  all.put(
                      Math.toIntExact(span.from()), Optimiser.saved(state, name, span.length()));
                }
              }
            });
    optimiser.continueAfter((int) Optimiser.saved(state, Optimiser.STEPS, 1)[0]);
  }

  @Override
  public void close() {
    forgetPrograms();
    optimiser.close();
    parameters.close();
  }
}
