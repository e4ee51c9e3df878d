@NullMarked
package org.bagnetlab.server.configuration;

import org.jspecify.annotations.NullMarked;
