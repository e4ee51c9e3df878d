package org.bagnetlab.engine.torch;

import org.bagnetlab.vision.network.Batch;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.LayoutOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Copies Java arrays to a device and back. Tensors belong to the caller's scope.
 *
 * @param device device of the tensors
 * @param type type of their values
 */
record Transfer(TorchDevice device, ScalarType type) {

  /** Copies images to the device: [image, channel, row, column], channels last. */
  Tensor images(Batch images) {
    Tensor host =
        host(ScalarType.Float, images.images(), images.channels(), images.height(), images.width());
    host.data_ptr_float().put(images.values());
    return host.to(
        device.device(), type, true, false, new MemoryFormatOptional(MemoryFormat.ChannelsLast));
  }

  /** Copies class labels to the device. */
  Tensor labels(int[] labels) {
    long[] values = new long[labels.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = labels[i];
    }
    Tensor host = host(ScalarType.Long, labels.length);
    host.data_ptr_long().put(values);
    return host.to(device.device(), ScalarType.Long, true, false, new MemoryFormatOptional());
  }

  /** Copies a matrix, row-major, to the device. */
  Tensor rows(float[] values, int rows) {
    Tensor host = host(ScalarType.Float, rows, values.length / rows);
    host.data_ptr_float().put(values);
    return host.to(device.device(), type, true, false, new MemoryFormatOptional());
  }

  /** Copies values, row-major, into a tensor of any layout on the device. */
  void fill(Tensor tensor, float[] values, long... shape) {
    Tensor host = host(ScalarType.Float, shape);
    host.data_ptr_float().put(values);
    tensor.copy_(host);
  }

  /** The values of a tensor, row-major. */
  static float[] values(Tensor tensor) {
    Tensor host =
        tensor
            .to(
                TorchDevice.CPU.device(),
                ScalarType.Float,
                false,
                false,
                new MemoryFormatOptional(MemoryFormat.Contiguous))
            .contiguous();
    float[] values = new float[Math.toIntExact(host.numel())];
    host.data_ptr_float().get(values);
    return values;
  }

  /** The values of a short tensor. */
  static double[] numbers(Tensor tensor) {
    Tensor host = tensor.to(TorchDevice.CPU.device(), ScalarType.Double).contiguous();
    double[] values = new double[Math.toIntExact(host.numel())];
    host.data_ptr_double().get(values);
    return values;
  }

  /** Creates zeros on the device. */
  Tensor zeros(long length) {
    return torch.zeros(
        new long[] {length}, new TensorOptions(type).device(new DeviceOptional(device.device())));
  }

  /**
   * Allocates memory from which a GPU can copy while the program continues; libtorch keeps the
   * memory until the copy is done.
   */
  private Tensor host(ScalarType elements, long... shape) {
    return torch.empty(
        shape,
        new ScalarTypeOptional(elements),
        new LayoutOptional(),
        new DeviceOptional(TorchDevice.CPU.device()),
        new BoolOptional(device == TorchDevice.CUDA),
        new MemoryFormatOptional());
  }
}
