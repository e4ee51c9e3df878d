/** Records where in images bags of local features see evidence. */
package org.bagnetlab.experiment.evidence;
