package dev.presage.scoring.http;

import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.info.License;

/** Head of the OpenAPI description, which is generated when the code is compiled. */
@OpenAPIDefinition(
    info =
        @Info(
            title = "Presage scoring",
            version = "v1",
            description = "Profiles, their traits and segments",
            license = @License(name = "Apache 2.0")))
interface ApiDescription {}
