/**
 * Weight files: safetensors files, which are written atomically so that a crash leaves either the
 * old or the new file, and PyTorch's formats, which are only read.
 */
package org.bagnetlab.vision.checkpoint;
