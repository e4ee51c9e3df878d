/** What happens in the lab, as server-sent events. */
@NullMarked
package org.bagnetlab.server.events;

import org.jspecify.annotations.NullMarked;
