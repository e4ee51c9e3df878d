/** Events of the lab, sent to pages as server-sent events. */
@NullMarked
package org.bagnetlab.server.events;

import org.jspecify.annotations.NullMarked;
