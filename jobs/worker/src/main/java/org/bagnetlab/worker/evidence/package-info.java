/** Records where in images bags of local features see evidence. */
@NullMarked
package org.bagnetlab.worker.evidence;

import org.jspecify.annotations.NullMarked;
