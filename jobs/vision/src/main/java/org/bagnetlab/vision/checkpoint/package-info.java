/**
 * Files of weights: safetensors, written so that a crash leaves the old or the new file, and
 * PyTorch's formats, which are only read.
 */
package org.bagnetlab.vision.checkpoint;
