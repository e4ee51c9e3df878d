@NullMarked
package org.bagnetlab.server.events;

import org.jspecify.annotations.NullMarked;
