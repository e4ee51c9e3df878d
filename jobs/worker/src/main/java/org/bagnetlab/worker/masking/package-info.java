/** Images with their tiles ranked by importance for a network's prediction. */
package org.bagnetlab.worker.masking;
