/** The JSON of jobs, devices and files in the API. */
package org.bagnetlab.server.json;
