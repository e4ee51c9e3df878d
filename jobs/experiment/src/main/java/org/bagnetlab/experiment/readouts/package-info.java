/** Other ways to classify an image by the logits of its patches. */
package org.bagnetlab.experiment.readouts;
