/** Classifies images by the logits of their patches in several ways. */
package org.bagnetlab.worker.readouts;
