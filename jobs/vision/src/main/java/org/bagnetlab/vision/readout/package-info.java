/** Ways to classify an image by the logits of its patches. */
package org.bagnetlab.vision.readout;
